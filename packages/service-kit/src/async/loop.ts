import type { Timer } from './timer.ts'

export interface LoopOptions {
  readonly timer: Timer
  /** The pause between the end of a round and the next one, in milliseconds. */
  readonly everyMs: number
  /** Before the first round, in milliseconds; at once if nothing is said. */
  readonly firstMs?: number
}

export interface Loop {
  /** A round now, or the one that is running; rejects as it does. */
  round(): Promise<void>
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
  let cancel = timer(tick, firstMs)
  const wanted = () => !stopped

  const round = () =>
    (running ??= work(wanted).finally(() => {
      running = undefined
    }))

  function again(pauseMs: number | void): void {
    if (!stopped) cancel = timer(tick, pauseMs ?? everyMs)
  }

  function tick(): void {
    round().then(again, (error: unknown) => {
      onError(error)
      again()
    })
  }

  return {
    round: async () => void (await round()),
    async stop() {
      stopped = true
      cancel()
      await running?.catch(() => undefined)
    },
  }
}
