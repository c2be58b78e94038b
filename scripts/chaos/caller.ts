import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { pause } from './mischief.ts'

export const Order = Type.Object({
  id: Type.String(),
  estado: Type.Union([
    Type.Literal('Pendiente'),
    Type.Literal('Completado'),
    Type.Literal('Cancelado'),
  ]),
  clienteId: Type.String(),
  notas: Type.Union([Type.String(), Type.Null()]),
  lineas: Type.Array(Type.Object({ productoId: Type.String(), cantidad: Type.Integer() })),
})
export type Order = Static<typeof Order>

const Refusal = Type.Object({ codigo: Type.String() })

/** An answer as it came. */
export interface Answer {
  readonly status: number
  /** Why it was refused; null when it was not. */
  readonly codigo: string | null
  readonly body: unknown
}

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly token?: string | null
  readonly key?: string | null
  readonly body?: unknown
}

/** How long a client waits before it takes a request for lost, in milliseconds. */
const patienceMs = 4_000

/** One request; null when no answer came. */
export async function ask({ method, url, token, key, body }: Ask): Promise<Answer | null> {
  const headers = new Headers()
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (key) headers.set('idempotency-key', key)
  if (body !== undefined) headers.set('content-type', 'application/json')
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answered: unknown = text === '' ? null : JSON.parse(text)
    const codigo = Value.Check(Refusal, answered) ? answered.codigo : null
    return { status: response.status, codigo: response.ok ? null : codigo, body: answered }
  } catch {
    return null
  }
}

/** The body of an answer, held to what it must be. */
export function read<T extends TSchema>(schema: T, answer: Answer): Static<T> {
  if (Value.Check(schema, answer.body)) return answer.body
  throw new Error(
    `an answer ${answer.status} with a body that is none: ${JSON.stringify(answer.body)}`,
  )
}

/** Whether an answer says nothing about the request, so that it is to be repeated. */
export function isTransient({ status, codigo }: Answer): boolean {
  return status === 401 || status === 429 || status === 503 || codigo === 'idempotencia-en-curso'
}

export interface Persistence {
  readonly signal: AbortSignal
  /** How long to wait before the next attempt, in milliseconds. */
  readonly waitMs: () => number
  readonly onRetry: () => void
  /** Each answer as it comes, those that say nothing too. */
  readonly onAnswer?: (answer: Answer | null) => void
}

/** Repeats a request until there is an answer that counts, or the run is over: then null. */
export async function persist(
  request: () => Promise<Answer | null>,
  { signal, waitMs, onRetry, onAnswer }: Persistence,
): Promise<Answer | null> {
  for (let attempt = 1; ; attempt++) {
    const answer = await request()
    onAnswer?.(answer)
    if (answer && !isTransient(answer)) return answer
    if (signal.aborted) return null
    await pause(waitMs(), signal)
    if (signal.aborted) return null
    onRetry()
  }
}
