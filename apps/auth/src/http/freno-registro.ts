import { networkOf } from '@encargo/service-kit/values/network-of'
import { type Quota, RateLimiter } from '@encargo/service-kit/async/rate-limiter'

/**
 * How often accounts are opened. A network may be a whole office, or all customers of a telephone
 * company, but it does not register without end: 20 at once and one every three minutes. All
 * networks together may open 300 at once, and then one every two seconds.
 */
export const cuotasRegistro = {
  red: { perSecond: 1 / 180, burst: 20 },
  todas: { perSecond: 1 / 2, burst: 300 },
} as const satisfies Record<string, Quota>

const maxNetworks = 20_000

/** Answers how long a registration must wait, in milliseconds; 0 counts it. */
export type FrenoRegistro = (direccion: string) => number

export function createFrenoRegistro(now: () => number): FrenoRegistro {
  const limiter = (quota: Quota) => new RateLimiter({ quota, maxCallers: maxNetworks, now })
  const red = limiter(cuotasRegistro.red)
  const todas = limiter(cuotasRegistro.todas)
  return (direccion) => {
    // The network first: one that asks without end must not use up what all have.
    const own = red.take(networkOf(direccion))
    if (!own.allowed) return own.waitMs
    const all = todas.take('')
    return all.allowed ? 0 : all.waitMs
  }
}
