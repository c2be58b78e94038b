import { bearerOf } from '@encargo/service-kit/identity/bearer'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Cobro } from '../domain/cobro.ts'
import type { Pedidos } from '../ports/pedidos.ts'
import { veTodo } from './cobros-views.ts'

/** The caller's own token, to ask pedidos with: what they see there, they see here. */
export const tokenDe = (request: Request): string | undefined =>
  bearerOf(request.headers.get('authorization'))

interface Quien {
  readonly identidad: Identidad | null
  readonly request: Request
}

/** Whether somebody may look at a charge. What a guest ordered may be of an account by now: pedidos knows. */
export async function loVe(
  pedidos: Pick<Pedidos, 'pedido'>,
  { pedidoId, clienteId }: Cobro,
  { identidad, request }: Quien,
  call: CallContext,
): Promise<boolean> {
  if (veTodo(identidad) || identidad?.id === clienteId) return true
  const token = identidad ? tokenDe(request) : undefined
  return token !== undefined && (await pedidos.pedido(pedidoId, token, call)) !== undefined
}
