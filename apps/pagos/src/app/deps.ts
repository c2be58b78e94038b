import type { Clock } from '@encargo/service-kit/async/clock'
import { PutOffError } from '@encargo/service-kit/obligations/obligation'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { IdProveedor } from '../domain/cobro.ts'
import { esCreible } from '../domain/creible.ts'
import type { Cuando } from '../ports/cobros.ts'
import type { Pedidos } from '../ports/pedidos.ts'
import type { Verdad } from '../domain/verdad.ts'
import { type Proveedor, ProveedorIncoherente, ProveedorNoDisponible } from '../ports/proveedor.ts'
import type { PagosStore } from '../ports/store.ts'

/** Those that the shop has an account with. */
export type Proveedores = ReadonlyMap<IdProveedor, Proveedor>

/** What use cases work with. */
export interface Deps {
  readonly store: PagosStore
  readonly pedidos: Pedidos
  readonly proveedores: Proveedores
  readonly clock: Clock
  readonly logger: Logger
  readonly uuid: () => string
  /** In [0, 1). */
  readonly random: () => number
  /** Begins what was just written down, which else waits for the driver's next round. */
  readonly enseguida: (deuda: Deuda) => void
}

/** How long the driver leaves a thing to the request that is at it, in milliseconds. */
export const graciaMs = 15_000

export const cuando = ({ clock }: Pick<Deps, 'clock'>, { traceId }: CallContext): Cuando => ({
  ahora: clock.epochMs(),
  traza: traceId,
})

/** When whoever can't be had is asked again that does not say when, in milliseconds. */
const prontoMs = 1_000

/** Asks a provider; one that can't be had is a peer that can't. It may refuse as well. */
export async function alProveedor<T>({ id }: Proveedor, pregunta: () => Promise<T>): Promise<T> {
  try {
    return await pregunta()
  } catch (error) {
    if (!(error instanceof ProveedorNoDisponible)) throw error
    throw new PeerUnavailableError(id, error.retryAfterMs ?? prontoMs, error)
  }
}

/** Asks a provider for what has become of a charge. What can't be is no answer. */
export const verdadDe = (proveedor: Proveedor, pregunta: () => Promise<Verdad>): Promise<Verdad> =>
  alProveedor(proveedor, async () => {
    const verdad = await pregunta()
    if (esCreible(verdad)) return verdad
    throw new ProveedorIncoherente(`${proveedor.id} tells of what can not be`)
  })

/** For work at a provider: that it makes no sense of one charge is no reason to leave the others alone. */
export async function soloSuya<T>(trabajo: Promise<T>): Promise<T> {
  try {
    return await trabajo
  } catch (error) {
    const sinSentido =
      error instanceof PeerUnavailableError && error.cause instanceof ProveedorIncoherente
    throw sinSentido ? new PutOffError(error.message, { cause: error }) : error
  }
}

/** For work that is gated by `peer`: that somebody else can't be had is no reason to leave that one alone. */
export async function soloDe<T>(peer: string, trabajo: () => Promise<T>): Promise<T> {
  try {
    return await trabajo()
  } catch (error) {
    if (!(error instanceof PeerUnavailableError) || error.peer === peer) throw error
    throw new PutOffError(error.message, { cause: error })
  }
}
