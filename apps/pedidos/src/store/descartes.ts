import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import type { Storage } from '@encargo/storage'
import type { CausaFallo } from '../domain/pedido.ts'
import type { Descarte, Destino } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/**
 * How long a closed discard is kept. A process that stood still for all of this time between its
 * reservation and its order could still write that order; its end is then Cancelado.
 */
const descarteTtlMs = 30 * 24 * 60 * 60 * 1000

function prepare(client: Client) {
  return {
    destino: client.prepare<{ destino: Destino }, [string, string]>(
      `SELECT estado AS destino FROM pedidos WHERE id = ?
       UNION ALL SELECT 'descartado' FROM descartes WHERE id = ?`,
    ),
    esPedido: client.prepare<{ n: number }, [string]>('SELECT 1 AS n FROM pedidos WHERE id = ?'),
    descartar: client.prepare(
      `INSERT INTO descartes (id, motivo, desde, intentos, proximo_intento_en)
       VALUES (?1, ?2, ?3, 0, ?3) ON CONFLICT (id) DO NOTHING`,
    ),
    porLiberar: client.prepare<Descarte, [number, number]>(
      `SELECT id, intentos FROM descartes INDEXED BY descartes_por_liberar
       WHERE "cerrado_en" IS NULL AND proximo_intento_en <= ?
       ORDER BY proximo_intento_en LIMIT ?`,
    ),
    cerrar: client.prepare(
      'UPDATE descartes SET cerrado_en = ? WHERE id = ? AND cerrado_en IS NULL',
    ),
    aplazar: client.prepare(
      `UPDATE descartes SET intentos = intentos + 1, ultimo_error = ?, proximo_intento_en = ?
       WHERE id = ? AND cerrado_en IS NULL`,
    ),
    clavesViejas: client.prepare<{ usuarioId: string; clave: string }, [number, number]>(
      `SELECT usuario_id AS usuarioId, clave FROM idempotencia INDEXED BY idempotencia_por_creacion
       WHERE creada_en <= ? ORDER BY creada_en LIMIT ?`,
    ),
    olvidarClave: client.prepare('DELETE FROM idempotencia WHERE usuario_id = ? AND clave = ?'),
    descartesViejos: client.prepare<{ id: string }, [number, number]>(
      `SELECT id FROM descartes INDEXED BY descartes_por_cierre
       WHERE "cerrado_en" IS NOT NULL AND cerrado_en <= ? LIMIT ?`,
    ),
    olvidarDescarte: client.prepare('DELETE FROM descartes WHERE id = ?'),
    marca: client.prepare<{ valor: string }, [string]>('SELECT valor FROM marcas WHERE nombre = ?'),
    quitarMarca: client.prepare('DELETE FROM marcas WHERE nombre = ?'),
    ponerMarca: client.prepare('INSERT OR REPLACE INTO marcas (nombre, valor) VALUES (?, ?)'),
  }
}

/** Reservations that must go, keys that have had their day, and where the sweep has come to. */
export function createDescartes(storage: Storage<PedidosSchema>) {
  const statements = prepare(storage.client)

  function descartar(ids: readonly string[], motivo: string, ahora: number): string[] {
    const ajenos = ids.filter((id) => !statements.esPedido.get(id))
    for (const id of ajenos) statements.descartar.run(id, motivo, ahora)
    return ajenos
  }

  const viejos = (ahora: number, limite: number) => ({
    claves: statements.clavesViejas.all(ahora - idempotencyTtlMs, limite),
    ids: statements.descartesViejos.all(ahora - descarteTtlMs, limite),
  })

  function destinos(ids: readonly string[]): Map<string, Destino> {
    const hallados = new Map<string, Destino>()
    for (const id of ids) {
      const fila = statements.destino.get(id, id)
      if (fila) hallados.set(id, fila.destino)
    }
    return hallados
  }

  return {
    destinos,
    descartar: (ids: readonly string[], motivo: string, ahora: number) =>
      storage.write(() => descartar(ids, motivo, ahora)),
    porLiberar: (hasta: number, limite: number) => statements.porLiberar.all(hasta, limite),
    async cerrarDescarte(id: string, ahora: number) {
      await storage.write(() => void statements.cerrar.run(ahora, id))
    },
    async aplazarDescarte(id: string, causa: CausaFallo, proximoIntentoEn: number) {
      await storage.write(() => void statements.aplazar.run(causa, proximoIntentoEn, id))
    },
    async olvidar(ahora: number, limite: number) {
      // Looked at first: an idle service must not write.
      const { claves, ids } = viejos(ahora, limite)
      if (claves.length + ids.length === 0) return 0
      return await storage.write(() => {
        for (const { usuarioId, clave } of claves) statements.olvidarClave.run(usuarioId, clave)
        for (const { id } of ids) statements.olvidarDescarte.run(id)
        return Math.max(claves.length, ids.length)
      })
    },
    marca: (nombre: string) => statements.marca.get(nombre)?.valor ?? null,
    async ponerMarca(nombre: string, valor: string) {
      await storage.write(() => void statements.ponerMarca.run(nombre, valor))
    },
    async quitarMarca(nombre: string) {
      await storage.write(() => void statements.quitarMarca.run(nombre))
    },
  }
}
