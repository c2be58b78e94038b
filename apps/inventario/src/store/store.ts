import type { InventarioStore } from '../ports.ts'
import { createExistencias } from './existencias.ts'
import { createInstalacion } from './instalacion.ts'
import { createLibro } from './libro.ts'
import { createRecuento } from './recuento.ts'
import { createReservas } from './reservas.ts'
import type { InventarioStorage } from './sqlite/open.ts'

/** When something was last reserved or moved, in milliseconds since the epoch; null before that. */
export function ultimoMomento({ client }: InventarioStorage): number | null {
  const ultimo = client
    .query<{ en: number | null }, []>(
      `SELECT max(
         coalesce((SELECT creada_en FROM reservas ORDER BY n DESC LIMIT 1), 0),
         coalesce((SELECT creado_en FROM movimientos ORDER BY secuencia DESC LIMIT 1), 0)) AS en`,
    )
    .get()
  return ultimo?.en || null
}

/** What inventario knows, in its database. `newId` names the lines of the ledger. */
export function createInventarioStore(
  storage: InventarioStorage,
  newId: () => string,
): InventarioStore {
  const libro = createLibro(storage.client, newId)
  return {
    ...createExistencias(storage, libro),
    ...createRecuento(storage, newId),
    ...createReservas(storage, libro),
    ...createInstalacion(storage),
  }
}
