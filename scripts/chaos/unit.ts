import type { Environment, ServiceName } from '@encargo/service-kit/config'
import { type ServiceProcess, type SpawnOptions, spawnService } from '../lib/services.ts'

export type UnitOptions = Omit<SpawnOptions, 'watch'>

/** The exit code of a process that SIGKILL ended. */
export const killedCode = 128 + 9

/** One service as a real process that is killed and started again, at the same place. */
export class Unit {
  readonly #options: UnitOptions
  #process: ServiceProcess | undefined
  #lastCode: number | undefined

  constructor(options: UnitOptions) {
    this.#options = options
  }

  get service(): ServiceName {
    return this.#options.service
  }

  get running(): boolean {
    return this.#process !== undefined
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Resolves when it is ready. Rejects when it ends before, which `died` tells as well. */
  async start(extra: Environment = {}): Promise<void> {
    if (this.#process) throw new Error(`${this.service} is running already`)
    const env = { ...this.#options.env, ...extra }
    const started = spawnService({ ...this.#options, env, watch: false })
    this.#process = started
    void started.exited.then((code) => {
      this.#lastCode = code
      if (this.#process === started) this.#process = undefined
    })
    await started.ready
  }

  /** How it ended, or ended the last time if it does not run; 128 and the signal that ended it. */
  async died(): Promise<number | undefined> {
    return this.#process ? await this.#process.exited : this.#lastCode
  }

  /** As `kill -9` does; resolves when nothing is left of it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to stop; a process that stands still is woken up for it. */
  async stop(): Promise<void> {
    this.signal('SIGCONT')
    await this.#end('SIGTERM')
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void {
    this.#process?.kill(signal)
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#process
    if (!running) return
    running.kill(signal)
    await running.exited
    if (this.#process === running) this.#process = undefined
  }
}
