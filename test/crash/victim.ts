import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CrashPoint } from './steps.ts'
import { type Environment, serviceNames } from '@encargo/service-kit/run/config'
import type { Program } from './bundle.ts'
import { killedCode, Unit } from '../../scripts/chaos/unit.ts'

/** Where a process is to die; `CRASH_AT` as the services read it. */
export type Spot = CrashPoint | `${CrashPoint}:${number}`

/** What it is told: to die at a spot, to stand still there, or to say what it passes. */
export type Order = Spot | `freeze ${string}` | 'record'

/** To stand still at a spot: of a text, as there are more spots than a type can hold twice. */
export const freezing = (spot: string): Order => `freeze ${spot}`

export interface VictimOptions {
  readonly program: Program
  readonly env: Environment
  readonly dataDir: string
  /** Its main, bundled. */
  readonly main: string
  /** Where it is told what to do; a file of that name in `dataDir`. */
  readonly orders?: string
}

/**
 * How long real processes may take on a machine that has other things to do, in milliseconds: longer than
 * the minute between two looks of a driver.
 */
export const patienceMs = 90_000

/** A real process that dies where the test says, and is started again. */
export class Victim {
  readonly #unit: Unit
  readonly #file: string
  readonly #log: string[] = []
  #passed: string[] = []
  #armed: PromiseWithResolvers<void> | undefined
  #frozen = Promise.withResolvers<void>()
  #standsStill = false

  constructor({ program, env, dataDir, main, orders = 'crash-at' }: VictimOptions) {
    this.#file = join(dataDir, orders)
    const onLine = (line: string) => this.#read(line)
    const names = program === 'encargo' ? serviceNames : [program]
    this.#unit = new Unit({ service: program, names, env, main, onLine })
  }

  #read(line: string): void {
    const [, what, rest = ''] = /^crash point (armed|passed|frozen): (.*)$/.exec(line) ?? []
    if (what === 'armed') {
      // What comes before this line was passed under the orders of before, however late it is read.
      this.#passed = []
      this.#armed?.resolve()
    } else if (what === 'passed') this.#passed.push(rest)
    else if (what === 'frozen') {
      this.#standsStill = true
      this.#frozen.resolve()
    } else this.#log.push(line)
  }

  get running(): boolean {
    return this.#unit.running
  }

  /** Whether it answers nobody, as it stands still or is dead. */
  get silent(): boolean {
    return this.#standsStill || !this.running
  }

  /** What it said since it was made, for a failure's message. */
  get lastLines(): string {
    return this.#log.slice(-8).join('\n')
  }

  /** Starts it unharmed. */
  async start(): Promise<void> {
    try {
      await this.#unit.start({ CRASH_AT: `@${this.#file}` })
    } catch (error) {
      throw new Error(`it did not start again: ${this.lastLines}`, { cause: error })
    }
  }

  /** Starts it to die at `spot`, or to say what it passes. It may be dead before it is ready. */
  async startArmed(spot: Order): Promise<void> {
    this.#passed = []
    await Promise.race([this.#unit.start({ CRASH_AT: spot }).catch(() => {}), this.#frozen.promise])
  }

  /** Has the running process die at `spot`, or say what it passes. */
  async arm(spot: Order): Promise<void> {
    writeFileSync(this.#file, spot)
    this.#armed = Promise.withResolvers()
    this.#unit.signal('SIGUSR2')
    const died = this.#unit.died().then((code) => {
      throw new Error(`it ended with code ${code} instead of being armed`)
    })
    await Promise.race([this.#armed.promise, died])
  }

  /** Resolves when it has died of its crash point; rejects when it lives on, or died otherwise. */
  async dies(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<'late'>()
    // How long a real process may take to come to its point is real time.
    const timer = setTimeout(() => resolve('late'), patienceMs)
    const code = await Promise.race([this.#unit.died(), late])
    clearTimeout(timer)
    if (code === 'late') throw new Error('it never came to the crash point')
    if (code !== killedCode) throw new Error(`it ended with code ${code}`)
  }

  /** Resolves when it stands still at its point; rejects when it never comes to it. */
  freezes(): Promise<void> {
    const { promise, reject } = Promise.withResolvers<never>()
    // How long a real process may take to come to its point is real time.
    const timer = setTimeout(
      () => reject(new Error('it never came to the crash point')),
      patienceMs,
    )
    return Promise.race([this.#frozen.promise, promise]).finally(() => clearTimeout(timer))
  }

  /** Goes on where it stood still. */
  goOn(): void {
    this.#unit.signal('SIGCONT')
    this.#standsStill = false
    this.#frozen = Promise.withResolvers()
  }

  /** How often it passed each point since it was armed to record. */
  passed(): ReadonlyMap<string, number> {
    const times = new Map<string, number>()
    for (const point of this.#passed) times.set(point, (times.get(point) ?? 0) + 1)
    return times
  }

  async kill(): Promise<void> {
    await this.#unit.kill()
    this.#standsStill = false
    this.#frozen = Promise.withResolvers()
  }
}
