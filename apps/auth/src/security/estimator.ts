import { Worker } from 'node:worker_threads'
import { inProgram } from '@encargo/program'
import { BoundedQueue, QueueFullError } from '@encargo/service-kit/async/bounded-queue'
import type { Timer } from '@encargo/service-kit/async/timer'
import type { Estimacion } from '../domain/regla-password.ts'
import type { EstimatePassword } from '../ports/seguridad.ts'
import type { EstimateOrder, EstimateResult } from './estimator-worker.ts'

const workerFile = inProgram('apps/auth/src/security/estimator-worker.ts')
/** The word lists take about 100 MiB, so they are loaded for the first password and dropped again. */
const idleMs = 10_000
/** An estimate takes up to a tenth of a second, and a moment more for the first. */
const patienceMs = 10_000

/**
 * Estimates how hard passwords are to guess, in a thread of its own: the library works for so long
 * on a hostile password that everybody else would wait.
 */
export class Estimator {
  readonly #queue = new BoundedQueue({ running: 1, waiting: 32 })
  readonly #timer: Timer
  #worker: Worker | undefined
  #awake = () => {}
  #number = 0

  constructor(timer: Timer) {
    this.#timer = timer
  }

  /**
   * @throws QueueFullError when too many passwords wait, or the thread does not answer in time, as on a
   * machine that has far too much to do; the next call starts a new one
   * @throws Error when the thread dies
   */
  readonly estimate: EstimatePassword = (password, personal) =>
    this.#queue.run(() => this.#ask(password, personal))

  /** Drops the word lists; the next call loads them again. */
  async close(): Promise<void> {
    this.#awake()
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  async #ask(password: string, personal: readonly string[]): Promise<Estimacion> {
    this.#awake()
    const worker = (this.#worker ??= new Worker(workerFile))
    const order: EstimateOrder = { number: ++this.#number, password, personal }
    try {
      return await answerOf(worker, order, this.#timer)
    } catch (error) {
      await this.close()
      throw error
    } finally {
      this.#awake = this.#timer(() => void this.close(), idleMs)
    }
  }
}

function answerOf(worker: Worker, order: EstimateOrder, timer: Timer): Promise<Estimacion> {
  const { promise, resolve, reject } = Promise.withResolvers<Estimacion>()
  const late = timer(() => reject(new QueueFullError('no password can be judged now')), patienceMs)
  const onMessage = (result: EstimateResult) => {
    if (result.number === order.number) resolve(result)
  }
  const onExit = () => reject(new Error('the estimator ended before it answered'))
  worker.on('message', onMessage).once('error', reject).once('exit', onExit)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(order)
  return promise.finally(() => {
    late()
    worker.off('message', onMessage).off('error', reject).off('exit', onExit)
  })
}
