/** How many ids one key may have used up: one for each day that it was used anew, and for each crash. */
export const intentosPorClave = 1000

/**
 * The id of the order that a user's idempotency key stands for. `intento` counts the ids of this key
 * that can't be used any more.
 */
export type IdDeClave = (usuarioId: string, clave: string, intento: number) => string

/** A UUID version 7 (RFC 9562, 5.7): its first 48 bits are milliseconds since the epoch. */
const conMomento = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The 12 digits of the moment that a key says it was made at, if it does. */
function momentoDe(clave: string, ordenadosDesde: number): string | undefined {
  const [, alto, bajo] = conMomento.exec(clave) ?? []
  if (alto === undefined || bajo === undefined) return undefined
  const momento = `${alto}${bajo}`.toLowerCase()
  return Number.parseInt(momento, 16) >= ordenadosDesde ? momento : undefined
}

/**
 * UUIDs version 8 (RFC 9562, 5.8) out of SHA-256: a retry after any crash comes to the same id and so
 * to its own reservation. Of a key that is a UUID version 7 the id takes over the moment, so that
 * orders of one time are neighbours in every index by id, here and in inventario; 74 bits are of the
 * digest then, else all 122.
 *
 * @param ordenadosDesde keys made before this moment, in milliseconds, give ids without one, as they
 *   did when they may have been used first
 */
export function idsDeClaves(ordenadosDesde: number): IdDeClave {
  return (usuarioId, clave, intento) => {
    const digest = new Bun.CryptoHasher('sha256')
      .update(JSON.stringify(['pedido', usuarioId, clave, intento]))
      .digest('hex')
    return uuidDe(digest, momentoDe(clave, ordenadosDesde))
  }
}

/** The version 8 of a digest, with another first 12 digits if they are given. */
function uuidDe(digest: string, comienzo = digest.slice(0, 12)): string {
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  const parts = [
    comienzo.slice(0, 8),
    comienzo.slice(8),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ]
  return parts.join('-')
}

/** What voids an order: its credit, and the return of its units in inventario. There is one of each order. */
export const idDeAnulacion = (pedidoId: string): string =>
  uuidDe(new Bun.CryptoHasher('sha256').update(`anulacion ${pedidoId}`).digest('hex'))
