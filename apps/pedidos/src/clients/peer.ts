import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { ProductosApp } from '@encargo/productos'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import { forEden } from '@encargo/service-kit/peer/eden-fetch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import {
  type Asked,
  PeerProtocolError,
  PeerUnavailableError,
  shape,
} from '@encargo/service-kit/peer/peer'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { type TSchema, Type } from '@sinclair/typebox'

// What the clients of the three peers have in common.

export const client = <App extends ProductosApp | AuthApp | InventarioApp>(link: PeerLink) =>
  treaty<App>(link.origin, { fetcher: forEden(link.fetcher), parseDate: false })

export const unforeseen = (peer: string, status: unknown) =>
  new PeerProtocolError(`${peer} answered ${String(status)}`)

/** What was asked for, of a peer that has no reason to refuse it. @throws PeerProtocolError */
export function exigir<T>(peer: string, answer: Asked<T, { readonly status: unknown }>): T {
  if (!answer.ok) throw unforeseen(peer, answer.error.status)
  return answer.data
}

/** What a page of a list holds, of which each entry must fit. */
export const paginaDe = <T extends TSchema>(entrada: T) =>
  shape(
    Type.Object({
      datos: Type.Array(entrada),
      siguiente: Type.Union([Type.String({ minLength: 1 }), Type.Null()]),
    }),
  )

/** A moment in an answer. */
export const momentoDe = (peer: string, texto: string): number => {
  const ms = Date.parse(texto)
  if (Number.isNaN(ms)) throw new PeerProtocolError(`${peer} answered a moment that is none`)
  return ms
}
export const late = (peer: string) => () => new PeerUnavailableError(peer, 1000)

/** The longest page of a list that a service answers. */
export const porPagina = 200

/** What came of a call. */
export interface Outcome {
  readonly ok: boolean
  readonly error?: { readonly status: unknown; readonly value?: unknown }
}

/**
 * Calls with the service's token, and once more with a fresh one when it is not good any more.
 * @throws PeerMisfitError when the peer takes not even the fresh one, or not for this
 */
export async function conToken<T extends Outcome>(
  { name, fit }: PeerLink,
  token: ServiceToken,
  call: CallContext,
  trabajo: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  const headers = async () => ({
    ...callHeaders(call),
    authorization: `Bearer ${await token.get()}`,
  })
  let answer = await trabajo(await headers())
  if (!answer.ok && answer.error?.status === 401) {
    token.forget()
    answer = await trabajo(await headers())
  }
  const status = answer.ok ? undefined : answer.error?.status
  if (status === 401) throw fit.refuse('token', tokenAjeno(name))
  if (status === 403) throw fit.refuse('token', sinPermiso(name))
  fit.settle('token')
  return answer
}

const tokenAjeno = (peer: string) =>
  `${peer} no acepta los tokens que auth da a pedidos: AUTH_URL tiene que llevar al mismo auth en los dos.`
const sinPermiso = (peer: string) =>
  `${peer} no deja a pedidos hacer su trabajo: en auth, la cuenta de servicio pedidos no tiene sus permisos.`
