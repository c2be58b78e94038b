import type { Environment } from '@encargo/service-kit/run/config'
import {
  type ServiceProcess,
  type SpawnOptions,
  spawnService,
  type UnitName,
} from '../lib/services.ts'

export interface UnitOptions extends Omit<SpawnOptions<UnitName>, 'watch'> {
  /** Told when it ends although nobody killed it, once it was ready. */
  readonly onUnasked?: (code: number) => void
}

/** The exit code of a process that SIGKILL ended. */
export const killedCode = 128 + 9

/** One service, or all of them, as a real process that is killed and started again, at the same place. */
export class Unit {
  readonly #options: UnitOptions
  #process: ServiceProcess<UnitName> | undefined
  #lastCode: number | undefined

  constructor(options: UnitOptions) {
    this.#options = options
  }

  get service(): UnitName {
    return this.#options.service
  }

  get running(): boolean {
    return this.#process !== undefined
  }

  /** Resolves when it is ready. Rejects when it ends before. */
  async start(extra: Environment = {}): Promise<void> {
    if (this.#process) throw new Error(`${this.service} is running already`)
    const { onUnasked, ...options } = this.#options
    const env = { ...options.env, ...extra }
    const started = spawnService({ ...options, env, watch: false })
    this.#process = started
    let wasReady = false
    void started.exited.then((code) => {
      this.#lastCode = code
      if (this.#process !== started) return
      this.#process = undefined
      if (wasReady) onUnasked?.(code)
    })
    await started.ready
    wasReady = true
  }

  /** How it ended, or ended the last time if it does not run; 128 and the signal that ended it. */
  async died(): Promise<number | undefined> {
    return this.#process ? await this.#process.exited : this.#lastCode
  }

  /** As `kill -9` does, also while it starts; resolves when nothing is left of it. */
  async kill(): Promise<void> {
    const running = this.#process
    if (!running) return
    this.#process = undefined
    running.kill('SIGKILL')
    await running.exited
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void {
    this.#process?.kill(signal)
  }
}
