import { deferred } from './deferred.ts'
import type { Channel, Environment, Locks } from './environment.ts'
import { type FollowState, type LineDeps, type LineOptions, openLine, type Told } from './line.ts'
import { type Here, isLineMessage, type LineMessage } from './line-message.ts'

export interface SharedLineDeps extends LineDeps {
  readonly locks: Locks
  readonly channel: NonNullable<Environment['channel']>
  /** Names the line: the same in all tabs that may hear what it tells, and in no other. */
  readonly name: string
}

/** The leader gives a sign of life this often, in milliseconds. */
const beatMs = 10_000
/** After this long without one it hangs, and another tab takes the line over, in milliseconds. */
const deadMs = 30_000
/** Spread over this long more, so that not all tabs take it over in the same moment. */
const spreadMs = 5_000

/** Places are numbers that only grow, as long as the service's data is the same. */
const isAfter = (one: string, other: string) => Number(one) > Number(other)

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

/**
 * One stream for all tabs of a browser. Whoever has the lock leads: it holds the connection and
 * tells the others what comes. A tab takes part once it knows itself to be where the line is; one
 * that is behind asks the leader, which then begins at that tab's place, and the others leave out
 * what they have seen. When the leader goes, its lock does too, and the next goes on from its own
 * place; when the leader hangs, the lock is taken from it.
 */
export class SharedLine {
  readonly #deps: SharedLineDeps
  readonly #options: LineOptions
  readonly #name: string
  #channel: Channel | undefined
  readonly #queue: Told[] = []
  #failure: { readonly error: unknown } | undefined
  #wake: () => void = () => undefined
  /** Up to where this tab was told, and whether what comes follows right after it. */
  #last: string | undefined
  #joined = false
  #shown: FollowState = 'connecting'
  /** While it leads: ends the connection, so that the next begins at `#place`. */
  #restart: AbortController | undefined
  #place: string | undefined
  #state: FollowState = 'connecting'
  /** While it does not: what happens when the leader is silent for too long. */
  #alarm: () => void = () => undefined
  /** Of the next sign of life, or of the wait for one. */
  #stopClock: () => void = () => undefined

  constructor(deps: SharedLineDeps, options: LineOptions) {
    this.#deps = deps
    this.#options = options
    this.#name = `encargo:line:${deps.name}`
    this.#last = options.desde
  }

  /** @throws ProblemError as a line of one's own */
  async *run(): AsyncGenerator<Told, void, undefined> {
    const { signal, onState } = this.#options
    const channel = this.#deps.channel(this.#name)
    this.#channel = channel
    channel.addEventListener('message', ({ data }) => {
      if (isLineMessage(data)) this.#heard(data)
    })
    const end = new AbortController()
    const stop = () => {
      end.abort()
      this.#wake()
    }
    signal.addEventListener('abort', stop, { once: true })
    onState(this.#shown)
    void this.#contend(end.signal)
    this.#tell({ type: 'hello', from: this.#last })
    try {
      while (!end.signal.aborted) {
        const told = this.#queue.shift()
        if (told) yield told
        else if (this.#failure) throw this.#failure.error
        else await this.#something()
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
      this.#stopClock()
      channel.close()
      this.#channel = undefined
    }
  }

  async #something(): Promise<void> {
    const { promise, resolve } = deferred<void>()
    this.#wake = resolve
    await promise
  }

  /** Waits for the lock, or takes it from a leader that hangs, and leads; again and again. */
  async #contend(signal: AbortSignal): Promise<void> {
    let hangs = false
    while (!signal.aborted && this.#failure === undefined) {
      const turn = new AbortController()
      const stop = () => turn.abort()
      signal.addEventListener('abort', stop, { once: true })
      const options = hangs ? { steal: true } : { signal: turn.signal }
      hangs = false
      this.#alarm = () => {
        hangs = true
        stop()
      }
      this.#rewatch()
      const lead = () => this.#lead(turn.signal)
      try {
        await this.#deps.locks.request(this.#name, options, lead)
      } catch (error) {
        stop()
        // The wait was ended, or the lock taken away; else this page is not given any.
        if (!isAbort(error)) return await this.#lead(signal)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
  }

  #rewatch(): void {
    this.#setClock(deadMs + this.#deps.random() * spreadMs, () => this.#alarm())
  }

  #setClock(ms: number, work: () => void): void {
    this.#stopClock()
    this.#stopClock = this.#deps.timer(work, ms)
  }

  async #lead(signal: AbortSignal): Promise<void> {
    this.#place = this.#last
    this.#beat()
    const stop = () => this.#restart?.abort()
    signal.addEventListener('abort', stop, { once: true })
    try {
      while (!signal.aborted) await this.#leadFrom(this.#place)
    } catch (error) {
      this.#failure = { error }
      this.#wake()
    } finally {
      signal.removeEventListener('abort', stop)
      this.#restart = undefined
      this.#stopClock()
      // As long as it took itself for the leader it did not listen to another.
      this.#joined = false
      this.#tell({ type: 'hello', from: this.#last })
    }
  }

  /** One connection after the other, until it is to begin elsewhere. */
  async #leadFrom(desde: string | undefined): Promise<void> {
    const restart = new AbortController()
    this.#restart = restart
    const onState = (state: FollowState) => {
      this.#state = state
      // That it is open is said with its place, which its first word tells.
      if (state !== 'open') this.#both(this.#here())
    }
    for await (const told of openLine(this.#deps, { signal: restart.signal, desde, onState })) {
      if (restart.signal.aborted) return
      const { id = this.#place, first } = told
      const lost = id !== undefined && this.#place !== undefined && isAfter(this.#place, id)
      this.#place = id
      if (first) this.#both(this.#here(lost))
      this.#both({ type: 'told', told })
    }
  }

  #beat(): void {
    this.#setClock(beatMs, () => {
      this.#tell(this.#here())
      this.#beat()
    })
  }

  #here(lost = false): Here {
    return { type: 'here', state: this.#state, place: this.#place, lost }
  }

  #tell(message: LineMessage): void {
    this.#channel?.postMessage(message)
  }

  /** The leader is one of those who are told. */
  #both(message: Exclude<LineMessage, { type: 'hello' }>): void {
    this.#tell(message)
    this.#follow(message)
  }

  #heard(message: LineMessage): void {
    const leads = this.#restart !== undefined
    if (message.type === 'hello') {
      if (leads) this.#welcome(message.from)
    } else if (!leads) {
      this.#rewatch()
      this.#follow(message)
    }
  }

  /** As the leader: a tab has come, or was left behind. */
  #welcome(from: string | undefined): void {
    const behind = from !== undefined && (this.#place === undefined || isAfter(this.#place, from))
    if (!behind) return this.#tell(this.#here())
    this.#place = from
    this.#restart?.abort()
  }

  #follow(message: Exclude<LineMessage, { type: 'hello' }>): void {
    if (message.type === 'here') this.#find(message)
    else if (this.#joined) this.#take(message.told)
  }

  /** Where the line is, seen from here. */
  #find({ state, place, lost }: Here): void {
    if (state !== 'open' || place === undefined) return this.#show(state)
    if (this.#last === undefined || (lost && isAfter(this.#last, place))) this.#goTo({ id: place })
    this.#joined = this.#last !== undefined && !isAfter(place, this.#last)
    if (!this.#joined) this.#tell({ type: 'hello', from: this.#last })
    this.#show(this.#joined ? 'open' : 'connecting')
  }

  #take(told: Told): void {
    const { id } = told
    if (id !== undefined && this.#last !== undefined && isAfter(id, this.#last)) this.#goTo(told)
  }

  #goTo(told: Told): void {
    this.#last = told.id
    this.#queue.push(told)
    this.#wake()
  }

  #show(state: FollowState): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#options.onState(state)
  }
}
