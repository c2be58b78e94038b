import { problemError } from '@encargo/service-kit/http/problems'
import type { Identidad } from '@encargo/service-kit/identity/tokens'

/** A token outlives a closed account by up to 10 minutes; here, where it can be seen, it does not. */
export function accountGone() {
  const detail = 'La cuenta o la sesión de este token está cerrada. Vuelve a iniciar sesión.'
  return problemError('no-autenticado', { detail })
}

/** Whose account it is, and the session that the token is of. */
export function titularDe(identidad: Identidad): {
  readonly id: string
  readonly sesionId?: string
} {
  const { sesionId } = identidad.tipo === 'usuario' ? identidad : {}
  return { id: identidad.id, ...(sesionId === undefined ? {} : { sesionId }) }
}
