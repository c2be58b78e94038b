/**
 * Exponential back-off with jitter, in milliseconds: `baseMs` doubled for each failure before this
 * one, at most `topeMs`, and of that a random part between half and all.
 */
export function esperaMs(
  fallos: number,
  random: () => number,
  { baseMs, topeMs }: { baseMs: number; topeMs: number },
): number {
  const entera = Math.min(topeMs, baseMs * 2 ** Math.min(fallos, 30))
  return Math.round(entera * (0.5 + random() / 2))
}
