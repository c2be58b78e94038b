import { deferred } from './deferred.ts'
import type { Environment, Fetch } from './environment.ts'
import { NetworkError } from './problems.ts'
import type { Session } from './session.ts'

export interface BoundedFetchOptions extends Pick<Environment, 'fetch' | 'timer'> {
  /** How long an answer may take to begin, in milliseconds. A file has time to be sent besides. */
  readonly timeoutMs: number
}

/** What a slow line carries, in bytes for each millisecond: half a megabit a second. */
const slowBytesPerMs = 64

/** Only files are large; how long a stream is nobody knows. */
const sendingMs = ({ body }: RequestInit) =>
  body instanceof Blob ? Math.ceil(body.size / slowBytesPerMs) : 0

const aborted = (signal: AbortSignal) =>
  Object.assign(new Error('aborted by the caller', { cause: signal.reason }), {
    name: 'AbortError',
  })

/** Rejects as soon as `signal` is aborted, whatever `work` still does. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return await work
  if (signal.aborted) throw aborted(signal)
  const { promise, reject } = deferred<never>()
  const stop = () => reject(aborted(signal))
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/**
 * `fetch` whose answers begin in time, and whose failures tell an abort by the caller (`AbortError`)
 * from everything else (`NetworkError`).
 */
export function boundedFetch({ fetch, timer, timeoutMs }: BoundedFetchOptions): Fetch {
  return async (input, init = {}) => {
    const { signal } = init
    if (signal?.aborted) throw aborted(signal)
    const controller = new AbortController()
    const follow = () => controller.abort()
    signal?.addEventListener('abort', follow, { once: true })
    const cancel = timer(() => controller.abort(), timeoutMs + sendingMs(init))
    try {
      return await fetch(input, { ...init, signal: controller.signal })
    } catch (error) {
      signal?.removeEventListener('abort', follow)
      if (signal?.aborted) throw aborted(signal)
      throw new NetworkError('no answer', { cause: error })
    } finally {
      // The body may still be read, and the caller may still end that.
      cancel()
    }
  }
}

/** Of the many reasons for a 401, the one that a fresh token mends. */
async function tokenRefused(answer: Response): Promise<boolean> {
  if (answer.status !== 401) return false
  try {
    const body: unknown = await answer.clone().json()
    return (
      typeof body === 'object' && body !== null && Reflect.get(body, 'codigo') === 'no-autenticado'
    )
  } catch {
    return false
  }
}

function withBearer(init: RequestInit, token: string | undefined): RequestInit {
  if (token === undefined) return init
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return { ...init, headers }
}

/** A token, or why there is none although somebody may be logged in. */
async function tokenFor(session: Session): Promise<{ token?: string; failure?: unknown }> {
  try {
    const token = await session.bearer()
    return token === undefined ? {} : { token }
  } catch (failure) {
    return { failure }
  }
}

/**
 * `fetch` as whoever is logged in. When the token is refused, it is renewed once and the request
 * sent once more. While auth is away, what is open to all is still answered.
 */
export function sessionFetch(fetch: Fetch, session: Session): Fetch {
  return async (input, init = {}) => {
    const { signal } = init
    const { token, failure } = await abortable(tokenFor(session), signal)
    const answer = await fetch(input, withBearer(init, token))
    if (!(await tokenRefused(answer))) return answer
    if (failure !== undefined) throw failure
    // A stream was read by the first attempt.
    if (token === undefined || init.body instanceof ReadableStream) return answer
    const fresh = await abortable(session.renew(token), signal)
    return fresh === undefined ? answer : await fetch(input, withBearer(init, fresh))
  }
}
