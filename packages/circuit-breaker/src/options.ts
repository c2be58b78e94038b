import type { BreakerOptions } from './types.ts'

/** A number's kind and range, by the name of its option. */
const kinds = [
  { name: /Rate$/, least: Number.MIN_VALUE, most: 1, whole: false },
  { name: /^(open|slow|remaining|backOff)Ms$/, least: 0, most: 2 ** 31 - 1, whole: false },
  { name: /ms$/i, least: 1, most: 2 ** 31 - 1, whole: false },
  { name: /^retries$/, least: 0, most: 10, whole: true },
  { name: /./, least: 1, most: 1_000_000, whole: true },
]

/** Throws a RangeError that names the first number out of range and prints what arrived. */
export function check(...parts: (object | undefined)[]): void {
  for (const [name, value] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    const kind = kinds.find((one) => one.name.test(name))
    if (typeof value !== 'number' || !kind) continue
    const { least, most, whole } = kind
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) continue
    const what = whole ? 'a whole number' : 'a number'
    throw new RangeError(`${name} must be ${what} from ${least} to ${most}, got ${value}`)
  }
}

/** Refuses what would never take effect: a minimum beyond the window, a slow rate of no slow calls. */
export function checkWindow({ window, slowMs }: BreakerOptions): void {
  if (window.type === 'consecutive') return
  const { minimumCalls = 1, slowRate } = window
  if (window.type === 'count' && minimumCalls > window.size) {
    throw new RangeError(`minimumCalls must be at most size ${window.size}, got ${minimumCalls}`)
  }
  if (slowRate !== undefined && slowMs === undefined) {
    throw new RangeError(`slowRate must come with slowMs, got ${slowRate} alone`)
  }
}
