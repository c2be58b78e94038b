import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { type Engine, type Script, statement } from '@encargo/storage'
import type { Descarte, Destino } from '../ports/store.ts'
import { leerMarca, ponerMarca, quitarMarca } from './marcas.ts'
import { deber } from './obligaciones.ts'

/**
 * How long a discard is kept whose reservation has been let go of. A process that stood still for all
 * of this time between its reservation and its order could still write that order; its end is then
 * Cancelado.
 */
const descarteTtlMs = 30 * 24 * 60 * 60 * 1000

export const sentencias = {
  destino: statement<{ destino: Destino }, [id: string]>(
    `SELECT estado AS destino FROM pedidos WHERE id = ?1
     UNION ALL SELECT 'descartado' FROM descartes WHERE id = ?1`,
  ),
  esPedido: statement<{ n: number }, [id: string]>('SELECT 1 AS n FROM pedidos WHERE id = ?1'),
  descartar: statement<never, [id: string, motivo: string, desde: number]>(
    'INSERT INTO descartes (id, motivo, desde) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING',
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
       AND NOT EXISTS (SELECT 1 FROM obligaciones WHERE tipo = 'soltar-reserva' AND clave = d.id)
     ORDER BY desde LIMIT ?2`,
  ),
  olvidarDescarte: statement<never, [id: string]>('DELETE FROM descartes WHERE id = ?1'),
}

function* viejos(ahora: number, limite: number) {
  return {
    claves: yield* sentencias.clavesViejas.all(ahora - idempotencyTtlMs, limite),
    ids: yield* sentencias.descartesViejos.all(ahora - descarteTtlMs, limite),
  }
}

/** Ids that will never be orders, keys that have had their day, and where background work has come to. */
export function createDescartes(engine: Engine) {
  engine.prepare(...Object.values(sentencias))
  return {
    destinos: (ids: readonly string[]): Promise<ReadonlyMap<string, Destino>> =>
      engine.read(function* () {
        const hallados = new Map<string, Destino>()
        for (const id of ids) {
          const fila = yield* sentencias.destino.get(id)
          if (fila) hallados.set(id, fila.destino)
        }
        return hallados
      }),

    descartar: (descarte: Descarte) =>
      engine.write(function* () {
        const ajenos: string[] = []
        for (const id of descarte.ids) {
          if (yield* sentencias.esPedido.get(id)) continue
          ajenos.push(id)
          // One that was discarded before is owed already, or done.
          const nuevos = yield* sentencias.descartar.run(id, descarte.motivo, descarte.ahora)
          if (nuevos === 1) yield* deber({ tipo: 'soltar-reserva', clave: id }, descarte)
        }
        return ajenos
      }),

    async olvidar(ahora: number, limite: number) {
      // Looked at first: an idle service must not write.
      const { claves, ids } = await engine.read(() => viejos(ahora, limite))
      if (claves.length + ids.length === 0) return 0
      return await engine.write(function* (): Script<number> {
        for (const { usuarioId, clave } of claves)
          yield* sentencias.olvidarClave.run(usuarioId, clave)
        for (const { id } of ids) yield* sentencias.olvidarDescarte.run(id)
        return Math.max(claves.length, ids.length)
      })
    },

    marca: async (nombre: string) => (await engine.ask(leerMarca.get(nombre)))?.valor,
    ponerMarca: async (nombre: string, valor: string) =>
      void (await engine.write(() => ponerMarca.run(nombre, valor))),
    quitarMarca: async (nombre: string) => void (await engine.write(() => quitarMarca.run(nombre))),
  }
}
