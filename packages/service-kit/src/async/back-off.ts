export interface BackOff {
  /** After the first failure, in milliseconds. */
  readonly baseMs: number
  readonly topMs: number
}

/**
 * How long to wait after a failure that `failures` others came before, in milliseconds: `baseMs`
 * doubled for each of them, at most `topMs`, and of that a random part between half and all, so that
 * those who failed together do not come back together. `random` is at least 0 and less than 1.
 */
export function backOffMs(
  { baseMs, topMs }: BackOff,
  failures: number,
  random: () => number,
): number {
  const whole = Math.min(topMs, baseMs * 2 ** Math.min(failures, 30))
  return Math.round(whole * (0.5 + random() / 2))
}
