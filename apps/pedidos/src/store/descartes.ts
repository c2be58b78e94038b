import { deber } from '@encargo/service-kit/obligations/statements'
import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Descarte, Destino } from '../ports/store.ts'
import { leerMarca, ponerMarca, quitarMarca } from './marcas.ts'

/**
 * How long a discard is kept whose reservation has been let go of. A process that stood still for all
 * of this time between its reservation and its order could still write that order; its end is then
 * Cancelado.
 */
const descarteTtlMs = 30 * 24 * 60 * 60 * 1000

export const sentencias = {
  destinos: statement<{ id: string; destino: Destino }, [ids: string]>(
    `SELECT id, 'descartado' AS destino FROM descartes WHERE id IN (SELECT value FROM json_each(?1))
     UNION ALL SELECT id, estado FROM pedidos WHERE id IN (SELECT value FROM json_each(?1))`,
  ),
  reservas: statement<{ id: string; reservaId: string }, [ids: string]>(
    `SELECT p.id, c.reserva_id AS "reservaId" FROM pedidos p JOIN pedido_cobranza c ON c.numero = p.numero
     WHERE p.id IN (SELECT value FROM json_each(?1)) AND c.reserva_id IS NOT NULL`,
  ),
  sonPedidos: statement<{ id: string }, [ids: string]>(
    'SELECT id FROM pedidos WHERE id IN (SELECT value FROM json_each(?1))',
  ),
  /** Answers those that were not discarded before. */
  descartar: statement<{ id: string }, [ids: string, motivo: string, desde: number]>(
    `INSERT INTO descartes (id, motivo, desde)
     SELECT value, ?2, ?3 FROM (SELECT value FROM json_each(?1)) ids WHERE true
     ON CONFLICT (id) DO NOTHING RETURNING id`,
  ),
  clavesViejas: statement<{ usuarioId: string; clave: string }, [hasta: number, lote: number]>(
    `SELECT usuario_id AS "usuarioId", clave FROM idempotencia INDEXED BY idempotencia_por_creacion
     WHERE creada_en <= ?1 ORDER BY creada_en, usuario_id, clave LIMIT ?2`,
  ),
  olvidarClave: statement<never, [usuarioId: string, clave: string]>(
    'DELETE FROM idempotencia WHERE usuario_id = ?1 AND clave = ?2',
  ),
  descartesViejos: statement<{ id: string }, [hasta: number, lote: number]>(
    `SELECT id FROM descartes d INDEXED BY descartes_por_edad WHERE desde <= ?1
       AND (SELECT 1 FROM obligaciones WHERE tipo = 'soltar-reserva' AND clave = d.id) IS NULL
     ORDER BY desde LIMIT ?2`,
  ),
  olvidarDescarte: statement<never, [id: string]>('DELETE FROM descartes WHERE id = ?1'),
}

function* viejos(ahora: number, limite: number) {
  const [claves, ids] = yield* together(
    sentencias.clavesViejas.all(ahora - idempotencyTtlMs, limite),
    sentencias.descartesViejos.all(ahora - descarteTtlMs, limite),
  )
  return { claves, ids }
}

/** Ids that will never be orders, keys that have had their day, and where background work has come to. */
export function createDescartes(engine: Engine) {
  engine.prepare(...Object.values(sentencias))
  return {
    async destinos(ids: readonly string[]): Promise<ReadonlyMap<string, Destino>> {
      const filas = await engine.ask(sentencias.destinos.all(JSON.stringify(ids)))
      // One that is both is an order.
      return new Map(filas.map(({ id, destino }) => [id, destino]))
    },
    async reservasDe(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const filas = await engine.ask(sentencias.reservas.all(JSON.stringify(ids)))
      return new Map(filas.map(({ id, reservaId }) => [id, reservaId]))
    },

    descartar: (descarte: Descarte) =>
      engine.write(function* () {
        const { ids, motivo, ahora } = descarte
        const filas = yield* sentencias.sonPedidos.all(JSON.stringify(ids))
        const pedidos = new Set(filas.map(({ id }) => id))
        const ajenos = ids.filter((id) => !pedidos.has(id))
        if (ajenos.length === 0) return ajenos
        // One that was discarded before is owed already, or done.
        const nuevos = yield* sentencias.descartar.all(JSON.stringify(ajenos), motivo, ahora)
        const claves = nuevos.map(({ id }) => id)
        yield* deber('soltar-reserva', claves, descarte)
        return ajenos
      }),

    async olvidar(ahora: number, limite: number) {
      // Looked at first: an idle service must not write.
      const { claves, ids } = await engine.read(() => viejos(ahora, limite))
      if (claves.length + ids.length === 0) return 0
      return await engine.write(function* (): Script<number> {
        yield* together(
          ...claves.map(({ usuarioId, clave }) => sentencias.olvidarClave.run(usuarioId, clave)),
          ...ids.map(({ id }) => sentencias.olvidarDescarte.run(id)),
        )
        return Math.max(claves.length, ids.length)
      })
    },

    marca: async (nombre: string) => (await engine.ask(leerMarca.get(nombre)))?.valor,
    ponerMarca: async (nombre: string, valor: string) =>
      void (await engine.write(() => ponerMarca.run(nombre, valor))),
    quitarMarca: async (nombre: string) => void (await engine.write(() => quitarMarca.run(nombre))),
  }
}
