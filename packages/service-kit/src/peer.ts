/** A peer that did not answer, or answered that it cannot serve now. Retryable. */
export class PeerUnavailableError extends Error {
  override readonly name = 'PeerUnavailableError'
  readonly peer: string
  readonly retryAfterMs: number

  constructor(peer: string, retryAfterMs: number, cause?: unknown) {
    super(`${peer} is not available`, { cause })
    this.peer = peer
    this.retryAfterMs = retryAfterMs
  }
}

/** A peer that answered what its contract does not foresee: a bug or another version, not an outage. */
export class PeerProtocolError extends Error {
  override readonly name = 'PeerProtocolError'
}

interface Refusal {
  readonly status: unknown
  readonly value: unknown
}
interface Answer<T, E extends Refusal> {
  readonly data: T | null
  readonly error: E | null
  readonly status: number
  readonly response: Response | undefined
}

export type Asked<T, E> =
  | { readonly ok: true; readonly status: number; readonly data: T }
  | { readonly ok: false; readonly error: E }

const transient = new Set([429, 500, 502, 503, 504])

function retryAfterMs(response: Response | undefined): number {
  const seconds = Number(response?.headers.get('retry-after') ?? 1)
  return Number.isFinite(seconds) ? Math.max(1, seconds) * 1000 : 1000
}

function localRetryAfterMs(error: unknown): number {
  if (typeof error === 'object' && error !== null && 'retryAfterMs' in error) {
    return Number(error.retryAfterMs) || 1000
  }
  return 1000
}

/**
 * Waits for an Eden call and sorts its outcome: data, a refusal by the peer's contract, or a throw.
 * Eden reports a network failure as status 503 without a response: such a value is an `Error`.
 *
 * @throws PeerUnavailableError when the peer is down, refused by its breaker or overloaded
 * @throws PeerProtocolError when the answer cannot be read
 */
export async function ask<T, E extends Refusal>(
  peer: string,
  call: Promise<Answer<T, E>>,
): Promise<Asked<NonNullable<T>, E>> {
  const answer = await call.catch((error: unknown) => {
    throw new PeerUnavailableError(peer, localRetryAfterMs(error), error)
  })
  if (answer.error) {
    const { error } = answer
    if (answer.response === undefined) {
      throw new PeerUnavailableError(peer, localRetryAfterMs(error.value), error.value)
    }
    if (transient.has(answer.status))
      throw new PeerUnavailableError(peer, retryAfterMs(answer.response))
    return { ok: false, error }
  }
  // Eden gives no body as '' and what is not JSON as its text; our services answer objects.
  if (answer.data === null || answer.data === undefined || typeof answer.data === 'string') {
    throw new PeerProtocolError(`${peer} answered ${answer.status} without a body of ours`)
  }
  return { ok: true, status: answer.status, data: answer.data }
}
