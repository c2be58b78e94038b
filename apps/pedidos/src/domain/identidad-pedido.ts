/** How many ids one key may have used up: one for each day that it was used anew, and for each crash. */
export const intentosPorClave = 1000

/**
 * The id of the order that a user's idempotency key stands for: UUID version 8 (RFC 9562, 5.8) out
 * of SHA-256. A retry after any crash comes to the same id and so to its own reservation. `intento`
 * counts the ids of this key that can't be used any more.
 */
export function idDeClave(usuarioId: string, clave: string, intento: number): string {
  const digest = new Bun.CryptoHasher('sha256')
    .update(JSON.stringify(['pedido', usuarioId, clave, intento]))
    .digest('hex')
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ]
  return parts.join('-')
}
