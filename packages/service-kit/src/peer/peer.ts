import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { problemas } from '../values/problem-registry.ts'

/** A peer that did not answer, or answered that it cannot serve now. Retryable. */
export class PeerUnavailableError extends Error {
  override readonly name: string = 'PeerUnavailableError'
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
/** What Eden gives of an answer. */
export interface Answer<T, E extends Refusal = Refusal> {
  readonly data: T | null
  readonly error: E | null
  readonly status: number
  readonly response: Response | undefined
}

export type Asked<T, E> =
  | { readonly ok: true; readonly status: number; readonly data: T }
  | { readonly ok: false; readonly error: E }

/** Whether an answer is what its asker needs of it; more members do no harm. */
export type Shape<T> = (data: unknown) => data is T

/**
 * A schema of what is needed of an answer, compiled: a check costs a purchase well under a microsecond.
 *
 * @example const usable = shape(Type.Object({ id: Type.String() }))
 */
export function shape<S extends TSchema>(schema: S): Shape<Static<S>> {
  const compiled = TypeCompiler.Compile(schema)
  return (data): data is Static<S> => compiled.Check(data)
}

const isProblem = shape(Type.Object({ codigo: Type.String() }))
const extras = new Map<string, Shape<unknown>>()

/** A refusal in our own words, with that status: not the page of a proxy, nor somebody else's 409. */
function isRefusal(status: number, value: unknown): boolean {
  if (!isProblem(value)) return false
  const known = Object.entries(problemas).find(([codigo]) => codigo === value.codigo)?.[1]
  if (known?.status !== status) return false
  if (!('extra' in known)) return true
  let complete = extras.get(value.codigo)
  if (!complete) extras.set(value.codigo, (complete = shape(Type.Object({ ...known.extra }))))
  return complete(value)
}

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
 * Eden reports a network failure as status 503 without a response: such a value is an `Error`. What is
 * answered is believed only if it is data that `usable` knows, or a problem of ours, complete.
 *
 * @throws PeerUnavailableError when the peer is down, refused by its breaker or overloaded
 * @throws PeerProtocolError when the answer is anything else
 */
export async function ask<T, E extends Refusal>(
  peer: string,
  call: Promise<Answer<T, E>>,
  usable: (data: unknown) => boolean,
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
    if (isRefusal(answer.status, error.value)) return { ok: false, error }
    throw new PeerProtocolError(`${peer} answered ${answer.status}, which is no refusal of ours`)
  }
  // Eden gives no body as '' and what is not JSON as its text.
  if (answer.data === null || answer.data === undefined || !usable(answer.data)) {
    throw new PeerProtocolError(`${peer} answered ${answer.status} with what it never should`)
  }
  return { ok: true, status: answer.status, data: answer.data }
}
