/**
 * Calls `work` for every item, at most `limit` calls at a time, started in the order of `items`.
 * After the first failure nothing new is started; what runs is awaited, so that nothing still
 * happens behind the caller's back when the failure is thrown.
 */
export async function forEachBounded<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const pending = items.entries()
  let failed = false
  const lane = async () => {
    for (const [index, item] of pending) {
      try {
        await work(item, index)
      } catch (error) {
        failed = true
        throw error
      }
      if (failed) return
    }
  }
  const lanes = await Promise.allSettled(
    Array.from({ length: Math.min(limit, items.length) }, lane),
  )
  for (const result of lanes) if (result.status === 'rejected') throw result.reason
}
