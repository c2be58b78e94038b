import type { Database } from 'bun:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { failureOf, unavailable } from './errors.ts'
import { blockMs } from './open.ts'
import { rollBack } from './transaction.ts'

/** Steps that somebody takes, whatever they stop for. */
export interface Walk<T> {
  next(): IteratorResult<unknown, T>
}

/** How long steps may follow each other before the event loop gets a turn, in milliseconds. */
const turnMs = 8

const longestBackOffMs = 50

export interface StepsOptions {
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  /** How long to wait for a lock that another process holds, in milliseconds. */
  readonly busyMs: number
}

/**
 * Runs `steps` in one transaction of `client`, with turns of the event loop in between; all of them
 * or, whatever is thrown, none.
 * @throws StorageUnavailableError when the database failed, else what the steps throw
 */
export async function runInSteps<T>(
  client: Database,
  steps: Walk<T>,
  options: StepsOptions,
): Promise<T> {
  try {
    await begin(client, options)
    const value = await inTurns(steps, options.now)
    client.run('COMMIT')
    return value
  } catch (error) {
    rollBack(client)
    throw failureOf(error) ? unavailable(error) : error
  }
}

/** Waiting is counted, not read from a clock: a clock that is set back must not lengthen it. */
async function begin(client: Database, { wait, busyMs }: StepsOptions): Promise<void> {
  let waitedMs = 0
  for (let backOffMs = 1; ; backOffMs = Math.min(backOffMs * 2, longestBackOffMs)) {
    try {
      client.run('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (failureOf(error) !== 'locked' || waitedMs >= busyMs) throw error
    }
    await wait(backOffMs)
    waitedMs += backOffMs + blockMs
  }
}

/** Runs steps that only read, each seeing what is committed by then. */
export async function inTurns<T>(steps: Walk<T>, now: () => number): Promise<T> {
  for (;;) {
    const startedAt = now()
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (now() - startedAt < turnMs)
    await nextTurn()
  }
}

/** The same without turns, for a database in memory, which has no second connection. */
export function runAtOnce<T>(steps: Walk<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
