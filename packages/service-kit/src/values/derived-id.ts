/** A UUID version 7 (RFC 9562, 5.7): its first 48 bits are milliseconds since the epoch. */
const withMoment = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/**
 * The 12 digits of the moment that a key says it was made at, if it does.
 * @param since moments before it, in milliseconds, count as none
 */
export function momentOfKey(key: string, since = 0): string | undefined {
  const [, high, low] = withMoment.exec(key) ?? []
  if (high === undefined || low === undefined) return undefined
  const moment = `${high}${low}`.toLowerCase()
  return Number.parseInt(moment, 16) >= since ? moment : undefined
}

/**
 * A UUID version 8 (RFC 9562, 5.8) out of the SHA-256 of `of`, which is the same for the same: a write that
 * is repeated, after whatever crash, comes to the row that it made.
 * @param beginning other first 12 digits, such as those of a moment, by which rows of one time are neighbours
 */
export function derivedId(of: string, beginning?: string): string {
  const digest = new Bun.CryptoHasher('sha256').update(of).digest('hex')
  const first = beginning ?? digest.slice(0, 12)
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    first.slice(0, 8),
    first.slice(8),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ]
  return parts.join('-')
}
