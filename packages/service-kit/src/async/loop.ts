import type { Timer } from './timer.ts'

export interface LoopOptions {
  readonly timer: Timer
  /** The pause between the end of a round and the next one, in milliseconds; Infinity to wait for `wake`. */
  readonly everyMs: number
  /** Before the first round, in milliseconds: at once if nothing is said, Infinity to wait for `wake`. */
  readonly firstMs?: number
}

export interface Loop {
  /** A round now, or the one that is running; rejects as it does. */
  round(): Promise<void>
  /**
   * There is something to do: a round now, or one more behind the running one, and from then on as
   * after any other. Resolves after it; never rejects.
   */
  wake(): Promise<void>
  /** No more rounds; resolves when the running one has ended. */
  stop(): Promise<void>
}

/**
 * Does `work` again and again, never twice at once. What it answers, if anything, is the pause before
 * the next round instead of `everyMs`. A round that fails on the timer is told to `onError`, and the
 * next one comes all the same. `wanted` is false once nobody wants the rest of a long round.
 */
export function loop(
  { timer, everyMs, firstMs = 0 }: LoopOptions,
  work: (wanted: () => boolean) => Promise<number | void>,
  onError: (error: unknown) => void,
): Loop {
  let stopped = false
  let running: Promise<number | void> | undefined
  let due = false
  let rounds: Promise<void> | undefined
  const after = (ms: number) => (ms === Infinity ? () => {} : timer(() => void wake(), ms))
  let cancel = after(firstMs)
  const wanted = () => !stopped

  function round(): Promise<number | void> {
    if (running) return running
    due = false
    running = work(wanted).finally(() => {
      running = undefined
    })
    return running
  }

  async function whileDue(): Promise<void> {
    let pauseMs: number | void = undefined
    while (due && wanted()) pauseMs = await round().catch((error: unknown) => void onError(error))
    rounds = undefined
    if (!stopped) cancel = after(pauseMs ?? everyMs)
  }

  function wake(): Promise<void> {
    if (stopped) return Promise.resolve()
    due = true
    cancel()
    return (rounds ??= whileDue())
  }

  return {
    round: async () => void (await round()),
    wake,
    async stop() {
      stopped = true
      cancel()
      await running?.catch(() => undefined)
      await rounds
    },
  }
}
