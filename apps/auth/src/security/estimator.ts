import { Worker } from 'node:worker_threads'
import type { EstimateOrder, EstimateResult } from './estimator-worker.ts'
import { BoundedQueue } from './queue.ts'

export type Estimate = Pick<EstimateResult, 'score' | 'dictionaries'>
export type EstimatePassword = (password: string, personal: readonly string[]) => Promise<Estimate>

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
  #worker: Worker | undefined
  #idle: Timer | undefined
  #number = 0

  /**
   * @throws QueueFullError when too many passwords wait
   * @throws Error when the thread does not answer; the next call starts a new one
   */
  readonly estimate: EstimatePassword = (password, personal) =>
    this.#queue.run(() => this.#ask(password, personal))

  /** Drops the word lists; the next call loads them again. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  async #ask(password: string, personal: readonly string[]): Promise<Estimate> {
    clearTimeout(this.#idle)
    const worker = (this.#worker ??= new Worker(new URL('./estimator-worker.ts', import.meta.url)))
    const order: EstimateOrder = { number: ++this.#number, password, personal }
    try {
      return await answerOf(worker, order)
    } catch (error) {
      await this.close()
      throw error
    } finally {
      this.#idle = setTimeout(() => void this.close(), idleMs)
      this.#idle.unref()
    }
  }
}

function answerOf(worker: Worker, order: EstimateOrder): Promise<Estimate> {
  const { promise, resolve, reject } = Promise.withResolvers<Estimate>()
  const late = setTimeout(() => reject(new Error('the estimator does not answer')), patienceMs)
  const onMessage = (result: EstimateResult) => {
    if (result.number === order.number) resolve(result)
  }
  const onExit = () => reject(new Error('the estimator ended before it answered'))
  worker.on('message', onMessage).once('error', reject).once('exit', onExit)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(order)
  return promise.finally(() => {
    clearTimeout(late)
    worker.off('message', onMessage).off('error', reject).off('exit', onExit)
  })
}
