import { onTestFinished } from 'bun:test'

const cleanups: (() => unknown)[] = []

async function end(works: readonly (() => unknown)[]): Promise<void> {
  for (const work of works.toReversed()) await work()
}

/**
 * Runs after the test, last registered first. Asked for in the test: an `afterEach` of a module that tests
 * share would be of the first file that loads it, and of no other in the same process.
 */
export function cleanUp(work: () => unknown): void {
  if (cleanups.push(work) === 1) onTestFinished(() => end(cleanups.splice(0)))
}

/** Ends all that was begun in `work` with it: for what opens many shops in one test. */
export async function apart<T>(work: () => Promise<T>): Promise<T> {
  const before = cleanups.length
  try {
    return await work()
  } finally {
    await end(cleanups.splice(before))
  }
}
