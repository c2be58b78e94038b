import { Elysia } from 'elysia'
import { machineClock } from '../../async/clock.ts'
import { bearerOf } from '../../identity/bearer.ts'
import { networkOf } from '../../values/network-of.ts'
import { pathnameOf } from '../edge/pathname.ts'
import { problema, retryAfter } from '../problems.ts'
import { type Quota, RateLimiter } from '../../async/rate-limiter.ts'
import { remoteAddressOf } from '../edge/remote-address.ts'
import type { TokenVerifier } from '../../identity/tokens.ts'
import { problemResponse } from './errors.ts'

/**
 * Generous for people, hopeless for machines that guess. An address may stand for a whole office,
 * so it is allowed more than a person.
 */
export const quotas = {
  persona: { perSecond: 50, burst: 200 },
  direccion: { perSecond: 100, burst: 500 },
} as const satisfies Record<string, Quota>
export type Quotas = Readonly<Record<keyof typeof quotas, Quota>>

/** Asked for by machines that watch the service; they must get an answer whoever else asks. */
const exempt = new Set(['/livez', '/readyz', '/metrics'])

export interface RateLimitOptions {
  readonly verifier: Pick<TokenVerifier, 'seen'>
  readonly quotas?: Quotas
  /** How many persons, and how many addresses, are remembered. */
  readonly maxCallers?: number
  /** Monotonic milliseconds. */
  readonly now?: () => number
  /** The remote address of a request, or null where it came by no connection. */
  readonly addressOf?: (request: Request) => string | null
  readonly onRefused?: () => void
}

interface Charge {
  readonly name: keyof Quotas
  readonly caller: string
}

/**
 * Who pays for a request: the address that it comes from, and the person whose token verified before.
 * Both, or an address would have as many requests as it has accounts. The person first: who is over
 * their own rate takes nothing from their neighbours. The first request with a fresh token is the
 * address's alone, and guessing tokens costs it one each. Service accounts are the operator's own and
 * are bounded by `Admission`; what came by no connection is this very process.
 */
function chargesOf(request: Request, options: RateLimitOptions): Charge[] {
  const identidad = options.verifier.seen(bearerOf(request.headers.get('authorization')) ?? '')
  if (identidad?.tipo === 'servicio') return []
  const charges: Charge[] = identidad ? [{ name: 'persona', caller: identidad.id }] : []
  const address = (options.addressOf ?? remoteAddressOf)(request)
  if (address !== null) charges.push({ name: 'direccion', caller: networkOf(address) })
  return charges
}

/** The two fields of draft-ietf-httpapi-ratelimit-headers-11; `w` is how long an empty bucket fills. */
function policyField(name: string, { perSecond, burst }: Quota): string {
  return `"${name}";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}`
}

function refusal(request: Request, waitMs: number): Response {
  const seconds = Math.ceil(waitMs / 1000)
  const detail = `Vas demasiado deprisa. Espera ${seconds} s y vuelve a intentarlo.`
  return problemResponse(problema('demasiadas-peticiones', { detail }), request, retryAfter(waitMs))
}

/** How much of an answer a request pays for; what is more costs another request each time. */
const bytesPerRequest = 32 * 1024
const payers = new WeakMap<Request, (requests: number) => void>()

/**
 * Counts a long answer as the several short ones that it took the time of. To be called by a handler
 * that knows what its answer weighs, in bytes.
 */
export function chargeAnswer(request: Request, bytes: number): void {
  const more = Math.floor(bytes / bytesPerRequest)
  if (more > 0) payers.get(request)?.(more)
}

interface Bucket {
  readonly limiter: RateLimiter
  readonly policy: string
  /** Seconds until an answered caller has one request more. */
  readonly refillSeconds: number
}

/**
 * Bounds how often each caller may ask, before any other work is done for the request: 429 with
 * `Retry-After` beyond it, and `RateLimit` and `RateLimit-Policy` on every answer that counts.
 *
 * @example app.use(rateLimit({ verifier }))
 */
export const rateLimit = (options: RateLimitOptions) => {
  const { maxCallers = 20_000, now = machineClock.monoMs } = options
  const bucket = (name: keyof Quotas): Bucket => {
    const quota = (options.quotas ?? quotas)[name]
    const limiter = new RateLimiter({ quota, maxCallers, now })
    return {
      limiter,
      policy: policyField(name, quota),
      refillSeconds: Math.ceil(1 / quota.perSecond),
    }
  }
  const buckets = { persona: bucket('persona'), direccion: bucket('direccion') }
  return new Elysia({ name: 'encargo/rate-limit', seed: crypto.randomUUID() }).onRequest(
    ({ request, set }) => {
      if (request.method === 'OPTIONS' || exempt.has(pathnameOf(request))) return
      const charges = chargesOf(request, options)
      if (charges.length === 0) return
      const policies: string[] = []
      const states: string[] = []
      let refused: number | undefined
      for (const { name, caller } of charges) {
        const { limiter, policy, refillSeconds } = buckets[name]
        const take = limiter.take(caller)
        const [left, seconds] = take.allowed
          ? [take.remaining, refillSeconds]
          : [0, Math.ceil(take.waitMs / 1000)]
        policies.push(policy)
        states.push(`"${name}";r=${left};t=${seconds}`)
        if (take.allowed) continue
        refused = take.waitMs
        break
      }
      set.headers['ratelimit-policy'] = policies.join(', ')
      set.headers['ratelimit'] = states.join(', ')
      if (refused === undefined) {
        payers.set(request, (requests) => {
          for (const { name, caller } of charges) buckets[name].limiter.charge(caller, requests)
        })
        return
      }
      options.onRefused?.()
      return refusal(request, refused)
    },
  )
}
