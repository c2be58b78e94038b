import { crashAround } from '@encargo/service-kit/run/crash-points'
import { isUniqueViolation } from '@encargo/storage'
import { decidirMovida, type Existencia, type Movida } from '../domain/existencia.ts'
import { createClaves } from './claves.ts'
import { columns } from './existencias-sql.ts'
import { createFaltas } from './faltas.ts'
import { type Libro, motivoDeRecuento } from './libro.ts'
import type {
  ExistenciasStore,
  NuevaExistencia,
  PeticionCambio,
  ResultadoCambio,
  ResumenExistencias,
} from '../ports.ts'
import { listaExistencias, listaMovimientos } from './queries.ts'
import type { InventarioStorage } from './sqlite/open.ts'
import { textoBajoMinimo } from './sqlite/tables.ts'

function prepare({ client }: InventarioStorage) {
  return {
    find: client.prepare<Existencia, [productoId: string]>(
      `SELECT ${columns} FROM existencias WHERE producto_id = ?`,
    ),
    insert: client.prepare<Existencia, [string, number, number, number]>(
      `INSERT INTO existencias
         (producto_id, fisico, reservado, umbral_minimo, version, actualizado_en)
       VALUES (?, ?, 0, ?, 1, ?) RETURNING ${columns}`,
    ),
    move: client.prepare<Existencia, [variacion: number, faltan: number, ahora: number, string]>(
      `UPDATE existencias SET fisico = fisico + ?, faltan = ?, version = version + 1, actualizado_en = ?
       WHERE producto_id = ? RETURNING ${columns}`,
    ),
    setUmbral: client.prepare<Existencia, [umbral: number, ahora: number, productoId: string]>(
      `UPDATE existencias SET umbral_minimo = ?, version = version + 1, actualizado_en = ?
       WHERE producto_id = ? RETURNING ${columns}`,
    ),
    disponibles: client.prepare<{ productoId: string; disponible: number }, [ids: string]>(
      `SELECT producto_id AS productoId, fisico - reservado AS disponible FROM existencias
       WHERE producto_id IN (SELECT value FROM json_each(?))`,
    ),
    ultimo: client.prepare<{ id: string }, [productoId: string]>(
      'SELECT id FROM movimientos WHERE producto_id = ? ORDER BY secuencia DESC LIMIT 1',
    ),
    // Whatever is sold out is low as well, and what is low has an index: only the first counts all.
    resumen: client.prepare<ResumenExistencias, []>(
      `SELECT (SELECT count(*) FROM existencias) AS productos, count(*) AS bajoMinimo,
         count(*) FILTER (WHERE fisico = reservado) AS agotados
       FROM existencias WHERE ${textoBajoMinimo}`,
    ),
    ultimos: client.prepare<{ productoId: string; secuencia: number }, [ids: string]>(
      `SELECT producto_id AS productoId, max(secuencia) AS secuencia FROM movimientos
       WHERE producto_id IN (SELECT value FROM json_each(?)) GROUP BY producto_id`,
    ),
  }
}

/** The row of a statement that can't miss: the same transaction has just seen it. */
function present(row: Existencia | null): Existencia {
  if (!row) throw new Error('a row of existencias vanished inside its transaction')
  return row
}

/** What people do to the stock. Decisions are the domain's; changes are relative, in one write. */
export function createExistencias(storage: InventarioStorage, libro: Libro): ExistenciasStore {
  const faltas = createFaltas(storage.client, libro)
  const statements = prepare(storage)
  const claves = createClaves(storage.client)

  function insertar({ productoId, cantidad, umbralMinimo, usuarioId, ahora }: NuevaExistencia) {
    const existencia = present(statements.insert.get(productoId, cantidad, umbralMinimo, ahora))
    if (cantidad > 0) {
      libro.anotar({
        productoId,
        tipo: 'ENTRADA',
        cantidad,
        fisicoResultante: cantidad,
        motivo: 'Existencia inicial',
        pedidoId: null,
        usuarioId,
        creadoEn: ahora,
      })
    }
    return existencia
  }

  function mover(
    existencia: Existencia,
    movida: Movida,
    peticion: PeticionCambio,
  ): ResultadoCambio {
    const decision = decidirMovida(existencia, movida)
    if (decision.resultado !== 'admitida') return decision
    const { productoId, usuarioId, ahora } = peticion
    const { variacion, faltan } = decision
    const despues = present(statements.move.get(variacion, faltan, ahora, productoId))
    libro.anotar({
      productoId,
      tipo: movida.tipo,
      cantidad: variacion,
      fisicoResultante: despues.fisico,
      motivo:
        movida.tipo === 'AJUSTE'
          ? motivoDeRecuento(movida.motivo, despues.fisico, faltan)
          : movida.motivo,
      pedidoId: null,
      usuarioId,
      creadoEn: ahora,
    })
    // What came in may be what was missing.
    const existenciaNueva = faltas.saldar(despues, ahora)
    return { resultado: 'hecho', existencia: existenciaNueva }
  }

  function aplicar(peticion: PeticionCambio): ResultadoCambio {
    const { productoId, cambio, ahora } = peticion
    const existencia = statements.find.get(productoId)
    if (!existencia) return { resultado: 'no-encontrado' }
    const { version } = existencia
    if (!peticion.admite(version)) return { resultado: 'version-distinta', version }
    if (cambio.clase === 'movimiento' && cambio.ultimoVisto !== undefined) {
      const ultimo = statements.ultimo.get(productoId)?.id ?? null
      if (cambio.ultimoVisto !== ultimo) return { resultado: 'libro-distinto' }
    }
    if (cambio.clase === 'movimiento') return mover(existencia, cambio.movida, peticion)
    // An edit that changes nothing is no new version.
    if (cambio.umbralMinimo === existencia.umbralMinimo) return { resultado: 'hecho', existencia }
    const despues = statements.setUmbral.get(cambio.umbralMinimo, ahora, productoId)
    return { resultado: 'hecho', existencia: present(despues) }
  }

  return {
    async crear(nueva) {
      try {
        return await crashAround('inventario.alta.escribir', () =>
          storage.write(() => insertar(nueva)),
        )
      } catch (error) {
        if (isUniqueViolation(error, 'existencias.producto_id')) return null
        throw error
      }
    },
    existencia: async (productoId) => statements.find.get(productoId),
    existencias: async (lista) => listaExistencias(storage.db, lista).all(),
    async resumen() {
      const resumen = statements.resumen.get()
      if (!resumen) throw new Error('a count answered no row')
      return resumen
    },
    async ultimosMovimientos(ids) {
      const rows = statements.ultimos.all(JSON.stringify(ids))
      return new Map(rows.map((row) => [row.productoId, row.secuencia]))
    },
    async disponibles(ids) {
      const rows = statements.disponibles.all(JSON.stringify(ids))
      return new Map(rows.map((row) => [row.productoId, row.disponible]))
    },
    cambiar: (peticion) =>
      crashAround('inventario.cambio.escribir', () =>
        storage.write(() => claves.unaVez(peticion, () => aplicar(peticion))),
      ),
    movimientos: async (lista) => listaMovimientos(storage.db, lista).all(),
    async olvidarClaves(ahora, limite) {
      if (!claves.hayViejas(ahora)) return 0
      return await crashAround('inventario.limpiar.escribir', () =>
        storage.write(() => claves.olvidar(ahora, limite)),
      )
    },
  }
}
