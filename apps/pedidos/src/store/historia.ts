import type { Database } from 'bun:sqlite'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import type { HistoriaPedido } from '../domain/explicacion.ts'
import { createLectura } from './lectura.ts'
import { schema } from './sqlite/tables.ts'

export { contarHistoria, type HistoriaPedido, type Suceso } from '../domain/explicacion.ts'

/**
 * What pedidos' database file knows of one order, read with a connection of one's own (a read-only
 * one will do). Null when there is no such order. The id is lower-case.
 */
export function leerHistoria(client: Database, pedidoId: string): HistoriaPedido | null {
  return createLectura(drizzle(client, { schema })).historia(pedidoId)
}
