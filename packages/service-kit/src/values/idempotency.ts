/** How long a key is kept, in milliseconds. */
export const idempotencyTtlMs = 24 * 60 * 60 * 1000

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member)]),
  )
}

/** SHA-256 over operation and body; the order of the members does not matter. */
export function huellaDe(operation: string, body: unknown): string {
  const hash = new Bun.CryptoHasher('sha256')
  return hash.update(JSON.stringify([operation, canonical(body)])).digest('hex')
}
