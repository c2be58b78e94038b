/** One Ctrl-C reaches a script twice: from the terminal, and passed on by the `bun run` above it. */
const sameKeystrokeMs = 1_000

let askedAt: number | undefined

/** Whether this process has been asked to stop. */
export const stopAsked = (): boolean => askedAt !== undefined

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs `stop` on the first SIGINT, SIGTERM or SIGHUP and then exits, 0 if it went well and 1 if not.
 * Who asks again more than a second later does not want to wait: exit code 1 at once.
 */
export function onStopSignal(stop: () => Promise<void>): void {
  const onSignal = () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > sameKeystrokeMs) process.exit(1)
      return
    }
    askedAt = performance.now()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Did not stop cleanly: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  for (const signal of signals) process.on(signal, onSignal)
}
