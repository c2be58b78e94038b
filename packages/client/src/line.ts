import type { EventoPedido } from './derived.ts'
import { deferred } from './deferred.ts'
import type { Environment, Fetch } from './environment.ts'
import { isRetryable, NetworkError, ProblemError, problemOf } from './problems.ts'
import { type Block, BlockParser } from './sse.ts'

/** A change of an order, and its place: hand it back as `desde` to go on right after it. */
export type EventoSeguido = EventoPedido & { readonly id: string }

/** `open`: nothing that happens from now on is missed. `waiting`: until the next attempt. */
export type FollowState = 'connecting' | 'open' | 'waiting'

/** What a line tells: the place up to which all is told now, and the change that happened there. */
export interface Told {
  readonly id: string | undefined
  readonly evento?: EventoSeguido
  /** The first word of a connection: its place is where it begins. */
  readonly first?: boolean
}

export interface LineDeps extends Pick<Environment, 'timer' | 'random'> {
  readonly fetch: Fetch
  readonly url: string
}

export interface LineOptions {
  readonly signal: AbortSignal
  /** The id of the last block that was seen; without it the line begins now. */
  readonly desde: string | undefined
  readonly onState: (state: FollowState) => void
}

/** The server gives a sign of life every 15 s; after this long without one the line is dead. */
const idleMs = 40_000
const defaultRetryMs = 1_000
const longestWaitMs = 30_000

/** Resolves after `ms`, or at once when `signal` is aborted. */
function pause(ms: number, { timer }: LineDeps, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = deferred<void>()
  if (signal.aborted) return Promise.resolve()
  const cancel = timer(resolve, ms)
  const stop = () => {
    cancel()
    resolve()
  }
  signal.addEventListener('abort', stop, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', stop))
}

async function refusal(answer: Response): Promise<ProblemError> {
  const text = await answer.text()
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {
    // Not a problem of ours; `problemOf` says so.
  }
  return new ProblemError(problemOf(answer.status, body))
}

const retryAfterMs = (answer: Response) => {
  const seconds = Number(answer.headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, longestWaitMs) : 0
}

/** A line that gave nothing for `idleMs` is given up. */
async function* chunks(answer: Response, deps: LineDeps, line: AbortController) {
  if (answer.body === null) return
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  const leave = () => void reader.cancel().catch(() => undefined)
  line.signal.addEventListener('abort', leave, { once: true })
  try {
    for (;;) {
      const cancel = deps.timer(() => line.abort(), idleMs)
      const { value, done } = await reader.read().finally(cancel)
      if (done) return
      yield value
    }
  } finally {
    line.signal.removeEventListener('abort', leave)
    leave()
  }
}

const asEvent = ({ id = '', data = '{}' }: Block): EventoSeguido => {
  // What stands in a block is what pedidos' own type says, of the version this was made from.
  const evento = JSON.parse(data) as EventoPedido
  return { ...evento, id }
}

/** Follows the stream over as many connections as it takes. */
class Line {
  readonly #deps: LineDeps
  readonly #signal: AbortSignal
  readonly #onState: (state: FollowState) => void
  #last: string | undefined
  #failures = 0
  #retryMs = defaultRetryMs
  /** Not before this much, as the server asked, in milliseconds. */
  #atLeastMs = 0

  constructor(deps: LineDeps, { signal, desde, onState }: LineOptions) {
    this.#deps = deps
    this.#signal = signal
    this.#onState = onState
    this.#last = desde
  }

  async *run(): AsyncGenerator<Told, void, undefined> {
    while (!this.#signal.aborted) {
      this.#onState('connecting')
      try {
        yield* this.#connection()
      } catch (error) {
        if (this.#signal.aborted) return
        if (error instanceof ProblemError && !isRetryable(error.problem)) throw error
      }
      await this.#wait()
    }
  }

  /** One connection, until it ends or breaks. */
  async *#connection(): AsyncGenerator<Told, void, undefined> {
    const line = new AbortController()
    const stop = () => line.abort()
    this.#signal.addEventListener('abort', stop, { once: true })
    try {
      const answer = await this.#open(line.signal)
      const parser = new BlockParser()
      let first = true
      for await (const text of chunks(answer, this.#deps, line)) {
        for (const block of parser.push(text)) {
          this.#arrived(block, parser.retryMs)
          if (first) this.#onState('open')
          const isChange = block.event === 'pedido' && block.data !== undefined
          yield { id: block.id, first, ...(isChange ? { evento: asEvent(block) } : {}) }
          first = false
        }
      }
    } finally {
      this.#signal.removeEventListener('abort', stop)
      line.abort()
    }
  }

  async #open(signal: AbortSignal): Promise<Response> {
    const { fetch, url } = this.#deps
    const resume = this.#last === undefined ? {} : { 'last-event-id': this.#last }
    const headers = { accept: 'text/event-stream', ...resume }
    const answer = await fetch(url, { headers, signal, cache: 'no-store' })
    this.#atLeastMs = retryAfterMs(answer)
    if (!answer.ok) throw await refusal(answer)
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) return answer
    await answer.body?.cancel()
    throw new NetworkError('the answer is no event stream')
  }

  #arrived({ id }: Block, retryMs: number | undefined): void {
    this.#failures = 0
    this.#retryMs = retryMs ?? this.#retryMs
    this.#last = id ?? this.#last
  }

  /** Full jitter, so that a thousand browsers don't come back in the same moment. */
  async #wait(): Promise<void> {
    if (this.#signal.aborted) return
    this.#onState('waiting')
    const { random } = this.#deps
    const most = Math.min(longestWaitMs, this.#retryMs * 2 ** Math.min(this.#failures, 10))
    this.#failures++
    await pause(Math.max(this.#atLeastMs, random() * most), this.#deps, this.#signal)
    this.#atLeastMs = 0
  }
}

/**
 * The stream at `url`, over as many connections as it takes, each going on where the one before
 * ended. The iteration ends when `signal` is aborted.
 *
 * @throws ProblemError when the service refuses for good, as when nobody is logged in
 */
export function openLine(deps: LineDeps, options: LineOptions) {
  return new Line(deps, options).run()
}
