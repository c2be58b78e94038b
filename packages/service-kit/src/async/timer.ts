/** Runs `work` once after `ms` milliseconds; what it returns calls that off. */
export type Timer = (work: () => void, ms: number) => () => void

/** The clock's timer, which does not keep the process alive. */
export const processTimer: Timer = (work, ms) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
