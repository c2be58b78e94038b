import { describeError, type Logger } from '@encargo/service-kit/run/logger'

/** How often what is long over is forgotten. */
const everyMs = 60 * 60 * 1000

interface PurgeOptions {
  /** Forgets a bounded number of rows; answers how many. */
  readonly purge: () => Promise<number>
  readonly logger: Logger
}

/** Purges once an hour, a batch after the other until nothing is left. `stop` waits for a running one. */
export function startPurging({ purge, logger }: PurgeOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function untilNothing(): Promise<void> {
    try {
      let gone = 1
      while (gone > 0 && !stopping.signal.aborted) gone = await purge()
    } catch (error) {
      logger.error('purging failed; it is tried again in an hour', { error: describeError(error) })
    }
  }

  const timer = setInterval(() => {
    running = untilNothing()
  }, everyMs)
  timer.unref()
  running = untilNothing()
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
