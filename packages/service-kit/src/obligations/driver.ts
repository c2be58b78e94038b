import { StorageUnavailableError } from '@encargo/storage'
import { atMost } from '../async/at-most.ts'
import { backOffMs } from '../async/back-off.ts'
import type { Clock } from '../async/clock.ts'
import { type Loop, loop } from '../async/loop.ts'
import type { Timer } from '../async/timer.ts'
import { backgroundCall } from '../peer/call-context.ts'
import { PeerUnavailableError } from '../peer/peer.ts'
import { describeError, type Logger } from '../run/logger.ts'
import { Duty } from './duty.ts'
import type { Fulfiller } from './fulfil.ts'
import { isObligation, type Lane, type Obligation, type Task } from './obligation.ts'
import type { Debida, Deuda, Espera, Obligaciones, Turnos } from './port.ts'

export interface DriverOptions<Waiting extends Espera> {
  readonly store: Pick<Obligaciones<Waiting>, 'debidas' | 'tomar' | 'espera'> & Turnos
  readonly clock: Clock
  readonly logger: Logger
  /** In [0, 1). */
  readonly random: () => number
  readonly timer: Timer
  readonly fulfiller: Fulfiller
  readonly lanes: readonly Lane[]
  /** What waits, as far as is known before the first round. */
  readonly espera: Waiting
  /** How long it leaves a thing to who is at it, in milliseconds: longer than any request may take. */
  readonly graceMs: number
  /** Whether the process is about to stop. */
  readonly stopping: () => boolean
}

/** The pause between two rounds, in milliseconds. */
const everyMs = 1_000
/** How many are looked for at once. */
const page = 100
/** How many of a kind that needs a service are done side by side; others hold the event loop. */
const sideBySide = 8
/** While a service can't be had: ten thousand things that need it cost a few calls. */
const gate = { baseMs: 250, topMs: 5_000 } as const
/** However long it says that it will be away, in milliseconds. */
const longestMs = 60_000

/**
 * Does by itself what is owed, whoever wrote it down and died, and what comes round. All of it can be
 * repeated, so requests and other instances may be at the same things; to spare them the work, of those that
 * share a database only the one on duty does it.
 */
export class Driver<Waiting extends Espera = Espera> {
  readonly #options: DriverOptions<Waiting>
  readonly #rounds: Loop
  readonly #duty: Duty
  /** Services that can't be had: how often in a row, and when to ask again, in monotonic milliseconds. */
  readonly #away = new Map<string, { readonly times: number; readonly until: number }>()
  /** Kinds that have been gone through once: at start, who was at them is gone, and all is due. */
  readonly #begun = new Set<Obligation>()
  readonly #allIsDue: boolean
  /** When each periodic task has its turn, in monotonic milliseconds. */
  readonly #turns = new Map<Task, number>()
  /** What is done without waiting for a round. */
  readonly #beside = new Set<Promise<void>>()
  #started = false
  #espera: Waiting

  constructor(options: DriverOptions<Waiting>) {
    this.#options = options
    const { timer, store, espera } = options
    this.#espera = espera
    this.#duty = new Duty(options)
    // Others may be at it; what was a dead one's comes when its time is over.
    this.#allIsDue = !store.compartido
    this.#rounds = loop({ timer, everyMs, firstMs: Infinity }, () => this.#round(), this.#failed)
  }

  /** The first round at once, the others on the timer. */
  start(): void {
    this.#started = true
    void this.#rounds.wake()
  }

  /** No more rounds; resolves when the running one, and what is done beside it, has ended. */
  async stop(): Promise<void> {
    this.#started = false
    await this.#rounds.stop()
    await Promise.all(this.#beside)
  }

  /**
   * Does what was just written down, on duty or not, without waiting for a round: a few at once, and from
   * `start` to `stop`. What is too much, or fails, is on disk, and a round does it.
   */
  soon(owed: Deuda): void {
    const { fulfiller, stopping } = this.#options
    if (!this.#started || stopping() || this.#beside.size >= sideBySide) return
    // Its failure is told of and put off where it is tried.
    const done = fulfiller.fulfil(owed, backgroundCall()).catch(() => undefined)
    const running = done.finally(() => this.#beside.delete(running))
    this.#beside.add(running)
  }

  /** What was waiting when the last round ended. */
  get espera(): Waiting {
    return this.#espera
  }

  /** Whether it was this process's to work when that was last asked. */
  get deGuardia(): boolean {
    return this.#duty.mine
  }

  /** One round, or the one that is running. Does not reject: what fails is logged and due again. */
  tick(): Promise<void> {
    return this.#rounds.round().catch(this.#failed)
  }

  readonly #failed = (error: unknown) =>
    this.#options.logger.warn('a round of the driver failed', { error: describeError(error) })

  async #round(): Promise<void> {
    const { lanes, clock, store } = this.#options
    // A clock that is doubted dates nothing, and nothing is due by it.
    clock.epochMs()
    if (await this.#duty.goesOn()) await Promise.all(lanes.map((lane) => this.#lane(lane)))
    this.#espera = await store.espera()
  }

  async #lane(lane: Lane): Promise<void> {
    const { logger, stopping } = this.#options
    for (const work of lane) {
      const { tipo, peer } = work
      if (stopping() || !(await this.#duty.goesOn())) return
      if (peer && !this.#isThere(peer)) continue
      try {
        await (isObligation(work) ? this.#due(work) : this.#task(work))
      } catch (error) {
        if (peer && error instanceof PeerUnavailableError) this.#misses(peer, error.retryAfterMs)
        else logger.warn('work of the driver failed', { tipo, error: describeError(error) })
      }
    }
  }

  #isThere(peer: string): boolean {
    return this.#options.clock.monoMs() >= (this.#away.get(peer)?.until ?? 0)
  }

  /** `awayMs`: for how long asking is of no use, as it or its circuit says. */
  #misses(peer: string, awayMs: number): void {
    const { clock, random } = this.#options
    const times = this.#away.get(peer)?.times ?? 0
    const pauseMs = Math.max(backOffMs(gate, times, random), Math.min(awayMs, longestMs))
    this.#away.set(peer, { times: times + 1, until: clock.monoMs() + pauseMs })
  }

  async #task(task: Task): Promise<void> {
    const { clock, stopping } = this.#options
    const now = clock.monoMs()
    if (now < (this.#turns.get(task) ?? now)) return
    await task.turn(stopping)
    // Not where its service can't be had: then it has its turn as soon as that is back.
    this.#turns.set(task, now + (task.everyMs ?? 0))
  }

  /** Page by page, a few side by side, each at most once; stops when their service is away. */
  async #due(obligation: Obligation): Promise<void> {
    const { store, clock, stopping } = this.#options
    const all = this.#allIsDue && !this.#begun.has(obligation)
    const until = all ? Number.MAX_SAFE_INTEGER : clock.epochMs()
    const { tipo, perRound = Infinity } = obligation
    const seen = new Set<string>()
    while (seen.size < perRound && !stopping() && (await this.#duty.goesOn())) {
      // What is done or put off leaves the list, so each page is another one.
      const due = await store.debidas(tipo, until, Math.min(page, perRound - seen.size))
      const fresh = due.filter(({ clave }) => !seen.has(clave))
      if (fresh.length === 0) break
      for (const { clave } of fresh) seen.add(clave)
      await atMost(obligation.peer ? sideBySide : 1, fresh, (one) => this.#take(one, obligation))
    }
    this.#begun.add(obligation)
  }

  /** Rejects when the service or the database can't be had: the others would fail as well. */
  async #take(due: Debida, { peer }: Obligation): Promise<void> {
    const { store, clock, fulfiller, graceMs, stopping } = this.#options
    if (stopping()) return
    try {
      if (!(await store.tomar(due, clock.epochMs() + graceMs))) return
      await fulfiller.fulfil(due, backgroundCall())
      if (peer) this.#away.delete(peer)
    } catch (error) {
      const missing =
        error instanceof PeerUnavailableError || error instanceof StorageUnavailableError
      // Other failures are its own: it has been told of and put off.
      if (missing) throw error
    }
  }
}
