import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { ProductosApp } from '@encargo/productos'
import {
  type CallContext,
  callHeaders,
  forEden,
  type PeerLink,
  PeerProtocolError,
  PeerUnavailableError,
  type ServiceToken,
} from '@encargo/service-kit'

// What the clients of the three peers have in common.

export const client = <App extends ProductosApp | AuthApp | InventarioApp>(link: PeerLink) =>
  treaty<App>(link.origin, { fetcher: forEden(link.fetcher), parseDate: false })

export const unforeseen = (peer: string, status: unknown) =>
  new PeerProtocolError(`${peer} answered ${String(status)}`)
export const late = (peer: string) => () => new PeerUnavailableError(peer, 1000)

/** The longest page of a list that a service answers. */
export const porPagina = 200

interface Refusal {
  readonly ok: boolean
  readonly error?: { readonly status: unknown }
}

/** Calls with the service's token, and once more with a fresh one when it is not good any more. */
export async function conToken<T extends Refusal>(
  token: ServiceToken,
  call: CallContext,
  trabajo: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  const headers = async () => ({
    ...callHeaders(call),
    authorization: `Bearer ${await token.get()}`,
  })
  const answer = await trabajo(await headers())
  if (answer.ok || answer.error?.status !== 401) return answer
  token.forget()
  return await trabajo(await headers())
}
