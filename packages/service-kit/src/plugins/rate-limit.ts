import { Elysia } from 'elysia'
import { bearerOf } from '../bearer.ts'
import { networkOf } from '../network-of.ts'
import { pathnameOf } from '../pathname.ts'
import { problema } from '../problems.ts'
import { type Quota, RateLimiter } from '../rate-limiter.ts'
import { remoteAddressOf } from '../remote-address.ts'
import type { TokenVerifier } from '../tokens.ts'
import { problemResponse, retryAfter } from './errors.ts'

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
 * Who pays for a request. A token that verified before names a person. Any other request, with a
 * token that nobody checked yet as well, is its address's: so the first request with a fresh token
 * costs the address one, and guessing tokens costs it one each. Service accounts are the
 * operator's own and are bounded by `Admission`; what came by no connection is this very process.
 */
function chargeOf(request: Request, options: RateLimitOptions): Charge | undefined {
  const identidad = options.verifier.seen(bearerOf(request.headers.get('authorization')) ?? '')
  if (identidad?.tipo === 'servicio') return undefined
  if (identidad) return { name: 'persona', caller: identidad.id }
  const address = (options.addressOf ?? remoteAddressOf)(request)
  return address === null ? undefined : { name: 'direccion', caller: networkOf(address) }
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
  const { maxCallers = 20_000, now = performanceNow } = options
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
      const charge = chargeOf(request, options)
      if (!charge) return
      const { limiter, policy, refillSeconds } = buckets[charge.name]
      const take = limiter.take(charge.caller)
      const [left, seconds] = take.allowed
        ? [take.remaining, refillSeconds]
        : [0, Math.ceil(take.waitMs / 1000)]
      set.headers['ratelimit-policy'] = policy
      set.headers['ratelimit'] = `"${charge.name}";r=${left};t=${seconds}`
      if (take.allowed) {
        payers.set(request, (requests) => limiter.charge(charge.caller, requests))
        return
      }
      options.onRefused?.()
      return refusal(request, take.waitMs)
    },
  )
}

const performanceNow = () => performance.now()
