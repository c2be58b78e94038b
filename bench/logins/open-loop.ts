import { Connection } from '../load/connection.ts'

export interface OpenLoop {
  readonly origin: string
  readonly perSecond: number
  readonly durationMs: number
  /** Requests that may be under way together; one that finds all busy waits, and its wait counts. */
  readonly connections: number
  /** The text of the request number `at`. */
  readonly request: (at: number) => string
}

export interface Outcome {
  /** From when each request was due until its answer, in milliseconds. */
  readonly latencies: readonly number[]
  /** From the first request to the last answer, in milliseconds. */
  readonly elapsedMs: number
}

/**
 * Asks so often a second whatever comes back, and counts from the moment a request was due: a
 * service that stands still for a while is not asked less for it ("coordinated omission").
 *
 * @throws Error for any answer but a 200
 */
export async function askSteadily(options: OpenLoop): Promise<Outcome> {
  const { origin, perSecond, durationMs } = options
  const total = Math.round((perSecond * durationMs) / 1000)
  const open = await Connection.openAll([origin], options.connections)
  const latencies: number[] = []
  const startedAt = performance.now()
  const dueAt = (at: number) => startedAt + (at * 1000) / perSecond
  let next = 0
  try {
    await Promise.all(
      open.map(async (connection) => {
        for (let at = next++; at < total; at = next++) {
          const early = dueAt(at) - performance.now()
          if (early > 0) await Bun.sleep(early)
          const { status } = await connection.send(options.request(at))
          if (status !== 200) throw new Error(`${origin} answered ${status}`)
          latencies.push(performance.now() - dueAt(at))
        }
      }),
    )
  } finally {
    for (const connection of open) connection.close()
  }
  return { latencies, elapsedMs: performance.now() - startedAt }
}
