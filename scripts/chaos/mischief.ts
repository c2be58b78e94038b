import { setTimeout } from 'node:timers/promises'
import type { BankAct, DatabaseAct, MailAct, Mischief } from './schedule.ts'
import type { System } from './system.ts'
import type { Unit } from './unit.ts'

type Attack = Extract<Mischief, { readonly unit: unknown }>

/** What has been done so far. */
export interface Deeds {
  kills: number
  stops: number
  cuts: number
  /** Of the database, each kind of mischief. */
  readonly database: Partial<Record<DatabaseAct['kind'], number>>
  /** Of the mail server, likewise. */
  readonly mail: Partial<Record<MailAct, number>>
  /** Of the payment provider, likewise. */
  readonly bank: Partial<Record<BankAct, number>>
}

export interface MischiefOptions {
  readonly signal: AbortSignal
  /** Told when a process does not come back. */
  readonly onTrouble: (what: string) => void
}

/** How often a process is started that ends before it is ready, and the pause between, in milliseconds. */
const starts = 20
const betweenStartsMs = 500

/** Real time, cut short when the run is. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined)

/**
 * Does what the schedule says, when it says so. What concerns one process or one way happens one
 * after the other, so a kill waits until there is something to kill. Resolves when all of it is done.
 */
export function startMischief(
  schedule: readonly Mischief[],
  system: System,
  { signal, onTrouble }: MischiefOptions,
): { readonly deeds: Deeds; readonly done: Promise<void> } {
  const deeds: Deeds = { kills: 0, stops: 0, cuts: 0, database: {}, mail: {}, bank: {} }
  const queues = new Map<string, Promise<void>>()

  async function kill({ unit: name, replica, forMs }: Attack): Promise<void> {
    const unit = system.unit(name, replica)
    await unit.kill()
    deeds.kills++
    await pause(forMs, signal)
    if (signal.aborted) return
    await startAgain(unit).catch((error: unknown) => {
      onTrouble(`${name} did not start again: ${String(error)}`)
    })
  }

  /** A start refuses a database that can't be written to, and whoever watches over it starts it once more. */
  async function startAgain(unit: Unit): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await unit.start()
      } catch (error) {
        if (signal.aborted) return
        if (system.database === undefined || attempt === starts) throw error
        await pause(betweenStartsMs, signal)
      }
    }
  }

  async function stop({ unit: name, replica, forMs }: Attack): Promise<void> {
    const unit = system.unit(name, replica)
    unit.signal('SIGSTOP')
    deeds.stops++
    await pause(forMs, signal)
    unit.signal('SIGCONT')
  }

  async function cut({ link, mode, forMs }: Extract<Mischief, { kind: 'cut' }>): Promise<void> {
    await system.links[link].set(mode)
    deeds.cuts++
    await pause(forMs, signal)
    await system.links[link].set({ kind: 'open' })
  }

  async function harm({ act, forMs }: Extract<Mischief, { kind: 'database' }>): Promise<void> {
    if (system.database === undefined) throw new Error('there is no database to harm')
    const heal = await system.database.harm(act)
    deeds.database[act.kind] = (deeds.database[act.kind] ?? 0) + 1
    await pause(forMs, signal)
    await heal()
  }

  async function annoy({ act, forMs }: Extract<Mischief, { kind: 'mail' }>): Promise<void> {
    const heal = await system.mails.harm(act)
    deeds.mail[act] = (deeds.mail[act] ?? 0) + 1
    await pause(forMs, signal)
    await heal()
  }

  async function bother({ act, forMs }: Extract<Mischief, { kind: 'bank' }>): Promise<void> {
    const heal = await system.bank.harm(act)
    deeds.bank[act] = (deeds.bank[act] ?? 0) + 1
    await pause(forMs, signal)
    await heal()
  }

  function queue(name: string, work: () => Promise<void>): void {
    const before = queues.get(name) ?? Promise.resolve()
    queues.set(
      name,
      before.then(async () => {
        if (!signal.aborted) await work()
      }),
    )
  }

  async function run(): Promise<void> {
    const began = performance.now()
    for (const one of schedule) {
      await pause(Math.max(0, began + one.atMs - performance.now()), signal)
      if (signal.aborted) break
      if (one.kind === 'kill') queue(`${one.unit} ${one.replica}`, () => kill(one))
      // A process may be killed while it stands still, so that is not waited for.
      if (one.kind === 'stop') queue(`${one.unit} ${one.replica} stands still`, () => stop(one))
      if (one.kind === 'cut') queue(one.link, () => cut(one))
      if (one.kind === 'database') queue('database', () => harm(one))
      if (one.kind === 'mail') queue('mail', () => annoy(one))
      if (one.kind === 'bank') queue('bank', () => bother(one))
    }
    await Promise.all(queues.values())
  }

  return { deeds, done: run() }
}
