import { derivedId, momentOfKey } from '@encargo/service-kit/values/derived-id'

/** How many ids one key may have used up: one for each day that it was used anew, and for each crash. */
export const intentosPorClave = 1000

/**
 * The id of the order that a user's idempotency key stands for. `intento` counts the ids of this key
 * that can't be used any more.
 */
export type IdDeClave = (usuarioId: string, clave: string, intento: number) => string

/**
 * A retry after any crash comes to the same id and so to its own reservation. Of a key that is a UUID
 * version 7 the id takes over the moment, so that orders of one time are neighbours in every index by id,
 * here and in inventario; 74 bits are of the digest then, else all 122.
 *
 * @param ordenadosDesde keys made before this moment, in milliseconds, give ids without one, as they
 *   did when they may have been used first
 */
export const idsDeClaves =
  (ordenadosDesde: number): IdDeClave =>
  (usuarioId, clave, intento) =>
    derivedId(
      JSON.stringify(['pedido', usuarioId, clave, intento]),
      momentOfKey(clave, ordenadosDesde),
    )

/** What voids an order: its credit, and the return of its units in inventario. There is one of each order. */
export const idDeAnulacion = (pedidoId: string): string => derivedId(`anulacion ${pedidoId}`)

/** Under which id an order gets stock anew; the next one where inventario has closed that. */
export const idDeReapartado = (pedidoId: string, intento: number): string =>
  derivedId(`reapartado ${pedidoId} ${intento}`)

/** What takes the promised money of a charge: there is one such act of each. */
export const idDeCaptura = (cobroId: string): string => derivedId(`captura ${cobroId}`)
