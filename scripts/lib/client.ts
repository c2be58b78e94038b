import { type Addresses, type Client, createClient, type Fetch } from '@encargo/client'

const attemptMs = 15_000
const mostAttempts = 5
const longestWaitMs = 10_000

async function isMomentary(answer: Response): Promise<boolean> {
  if (answer.status === 429 || answer.status === 503) return true
  return answer.status === 409 && (await answer.clone().text()).includes('idempotencia-en-curso')
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); one second when it is missing or a date. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 1)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000
}

export interface Patience {
  readonly fetch?: Fetch
  /** Waits so many milliseconds before something is sent again. */
  readonly sleep: (ms: number) => Promise<void>
}

function patientFetch(fetch: Fetch, sleep: Patience['sleep']): Fetch {
  return async (input, init) => {
    for (let attempt = 1; ; attempt++) {
      const signals = [AbortSignal.timeout(attemptMs), ...(init?.signal ? [init.signal] : [])]
      const answer = await fetch(input, { ...init, signal: AbortSignal.any(signals) })
      if (attempt === mostAttempts || !(await isMomentary(answer))) return answer
      const waitMs = retryAfterMs(answer)
      if (waitMs > longestWaitMs) return answer
      await sleep(waitMs)
    }
  }
}

/**
 * The typed client, for scripts that speak for several people: each call says for whom. It sends again
 * what is refused for the moment only (429, 503, and a first call that still runs under the same
 * idempotency key) after its `Retry-After`, unless that is longer than ten seconds.
 */
export function patientClient(where: Addresses, patience: Patience = { sleep: Bun.sleep }): Client {
  const { fetch = globalThis.fetch, sleep } = patience
  const environment = { fetch: patientFetch(fetch, sleep) }
  const timeoutMs = mostAttempts * (attemptMs + longestWaitMs)
  return createClient({ ...where, timeoutMs, environment })
}

/** What a call is sent with to be made for the owner of an access token. */
export const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
