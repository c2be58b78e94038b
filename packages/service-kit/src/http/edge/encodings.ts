export type Encoding = 'zstd' | 'br' | 'gzip'

/** The weights in `Accept-Encoding` or `Accept-Language` by name, in small letters (RFC 9110, 12.4.2). */
export function weightsOf(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase())
      const weight = parameters.find((one) => one.startsWith('q='))
      return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0]
    }),
  )
}

/**
 * The encoding that a caller takes and likes best, of those that are offered, the better first
 * (RFC 9110, 12.5.3). Undefined where none is wanted, or what is not encoded is wanted more.
 */
export function chooseEncoding<E extends Encoding>(
  header: string | null,
  offered: readonly E[],
): E | undefined {
  if (header === null || header === 'identity') return undefined
  const weights = weightsOf(header)
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  const best = offered.toSorted((a, b) => weightOf(b) - weightOf(a))[0]
  const weight = best === undefined ? 0 : weightOf(best)
  return weight > 0 && weight >= (weights.get('identity') ?? 0) ? best : undefined
}

/** The entity tag of an encoded answer: other bytes have another strong tag (RFC 9110, 8.8.3). */
export function encodedTag(tag: string, encoding: Encoding): string {
  return tag.replace(/"$/, `-${encoding}"`)
}

/** The tag of what was encoded. */
export function plainTag(tag: string): string {
  return tag.replace(/-(?:zstd|br|gzip)"$/, '"')
}
