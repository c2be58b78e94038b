import { bearerOf } from '@encargo/service-kit/identity/bearer'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import type { Cobro } from '../domain/cobro.ts'
import { veTodo } from './cobros-views.ts'

/** The caller's own token, to ask pedidos with: what they see there, they see here. */
export const tokenDe = (request: Request): string | undefined =>
  bearerOf(request.headers.get('authorization'))

/** Whether somebody may look at a charge. */
export const esSuyo = (cobro: Cobro, identidad: Identidad | null): boolean =>
  veTodo(identidad) || (identidad !== null && cobro.clienteId === identidad.id)
