import { listarAuditoria } from '@encargo/service-kit/audit/log'
import { type Engine, statement } from '@encargo/storage'
import type { InventarioStore } from '../ports.ts'
import { createDevoluciones } from './devoluciones.ts'
import { createExistencias } from './existencias.ts'
import { createInstalacionStore } from './instalacion.ts'
import { createLibro } from './libro.ts'
import { createListas } from './listas.ts'
import { createRecuento } from './recuento.ts'
import { createReservas } from './reservas.ts'

const ultimo = statement<{ en: number | null }, []>(
  `SELECT max(en) AS en FROM
     (SELECT * FROM (SELECT creada_en AS en FROM reservas ORDER BY n DESC LIMIT 1) AS r
      UNION ALL
      SELECT * FROM (SELECT creado_en AS en FROM movimientos ORDER BY secuencia DESC LIMIT 1) AS m) AS u`,
)

/** What inventario knows, in its database. `newId` names the lines of the ledger. */
export function createInventarioStore(engine: Engine, newId: () => string): InventarioStore {
  const libro = createLibro(engine, newId)
  return {
    deGuardia: () => engine.holds('inventario'),
    ultimoMomento: async () => (await engine.ask(ultimo.get()))?.en ?? undefined,
    auditoria: listarAuditoria(engine),
    ...createListas(engine),
    ...createExistencias(engine, libro),
    ...createRecuento(engine, libro),
    ...createReservas(engine, libro),
    ...createDevoluciones(engine, libro),
    ...createInstalacionStore(engine),
  }
}
