import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import { apunteDeAlta, apunteDeMovida, apunteDeUmbral } from '../domain/auditoria.ts'
import {
  decidirMovida,
  type Existencia,
  motivoDeRecuento,
  type Movida,
} from '../domain/existencia.ts'
import type {
  ExistenciasStore,
  NuevaExistencia,
  PeticionCambio,
  ResultadoCambio,
  ResumenExistencias,
} from '../ports.ts'
import { createClaves } from './claves.ts'
import { abrir, columnas, present } from './filas.ts'
import type { Libro } from './libro.ts'
import { textoBajoMinimo } from './textos.ts'

const sql = {
  find: statement<Existencia, [productoId: string]>(
    `SELECT ${columnas} FROM existencias WHERE producto_id = ?1`,
  ),
  move: statement<Existencia, [variacion: number, faltan: number, ahora: number, string]>(
    `UPDATE existencias SET fisico = fisico + ?1, faltan = ?2, version = version + 1,
       actualizado_en = ?3 WHERE producto_id = ?4 RETURNING ${columnas}`,
  ),
  setUmbral: statement<Existencia, [umbral: number, ahora: number, productoId: string]>(
    `UPDATE existencias SET umbral_minimo = ?1, version = version + 1, actualizado_en = ?2
     WHERE producto_id = ?3 RETURNING ${columnas}`,
  ),
  disponibles: statement<{ productoId: string; disponible: number }, [ids: string]>(
    `SELECT producto_id AS "productoId", fisico - reservado AS disponible FROM existencias
     WHERE producto_id IN (SELECT value FROM json_each(?1))`,
  ),
  ultimo: statement<{ id: string }, [productoId: string]>(
    'SELECT id FROM movimientos WHERE producto_id = ?1 ORDER BY secuencia DESC LIMIT 1',
  ),
  // Whatever is sold out is low as well, and what is low has an index: only the first counts all.
  resumen: statement<ResumenExistencias, []>(
    `SELECT (SELECT count(*) FROM existencias) AS productos, count(*) AS "bajoMinimo",
       count(*) FILTER (WHERE fisico = reservado) AS agotados
     FROM existencias WHERE ${textoBajoMinimo}`,
  ),
  // Each is the end of its product's part of an index: to group them would read all of each ledger.
  ultimos: statement<{ productoId: string; secuencia: number | null }, [ids: string]>(
    `SELECT producto_id AS "productoId", (SELECT max(secuencia) FROM movimientos AS m
       WHERE m.producto_id = e.producto_id) AS secuencia
     FROM existencias AS e WHERE producto_id IN (SELECT value FROM json_each(?1))`,
  ),
}
/** For the test of its plan. */
export const pedirUltimos = sql.ultimos

/** What people do to the stock. Decisions are the domain's; changes are relative, in one write. */
export function createExistencias(
  engine: Engine,
  libro: Libro,
): Omit<ExistenciasStore, 'existencias' | 'movimientos'> {
  engine.prepare(abrir, ...Object.values(sql))
  const claves = createClaves(engine)

  function* insertar(nueva: NuevaExistencia): Script<Existencia | undefined> {
    const { productoId, cantidad, umbralMinimo, usuarioId, ahora } = nueva
    const existencia = yield* abrir.get(productoId, cantidad, umbralMinimo, ahora)
    if (!existencia) return undefined
    const apunte = apuntar(apunteDeAlta(productoId, nueva, nueva))
    if (cantidad === 0) yield* apunte
    else {
      const primera = libro.anotar({
        productoId,
        tipo: 'ENTRADA',
        cantidad,
        fisicoResultante: cantidad,
        motivo: 'Existencia inicial',
        usuarioId,
        creadoEn: ahora,
      })
      yield* together(primera, apunte)
    }
    return existencia
  }

  function* mover(
    existencia: Existencia,
    movida: Movida,
    peticion: PeticionCambio,
  ): Script<ResultadoCambio> {
    const { productoId, usuarioId, ahora } = peticion
    const decision = decidirMovida(existencia, movida)
    if (decision.tipo !== 'admitida') return decision
    const { variacion, faltan } = decision
    const despues = present(yield* sql.move.get(variacion, faltan, ahora, productoId))
    const linea = libro.anotar({
      productoId,
      tipo: movida.tipo,
      cantidad: variacion,
      fisicoResultante: despues.fisico,
      motivo:
        movida.tipo === 'AJUSTE'
          ? motivoDeRecuento(movida.motivo, despues.fisico, faltan)
          : movida.motivo,
      usuarioId,
      creadoEn: ahora,
    })
    yield* together(linea, apuntar(apunteDeMovida(movida.tipo, existencia, despues, peticion)))
    // What came in may be what was missing.
    return { tipo: 'hecho', existencia: yield* libro.saldar(despues, ahora) }
  }

  function* aplicar(peticion: PeticionCambio): Script<ResultadoCambio> {
    const { productoId, cambio, ahora } = peticion
    const existencia = yield* sql.find.get(productoId)
    if (!existencia) return { tipo: 'no-encontrado' }
    const { version } = existencia
    if (!peticion.admite(version)) return { tipo: 'version-distinta', version }
    if (cambio.tipo === 'movimiento') {
      if (cambio.ultimoVisto !== undefined) {
        const ultimo = yield* sql.ultimo.get(productoId)
        if (cambio.ultimoVisto !== (ultimo?.id ?? null)) return { tipo: 'libro-distinto' }
      }
      return yield* mover(existencia, cambio.movida, peticion)
    }
    // An edit that changes nothing is no new version.
    if (cambio.umbralMinimo === existencia.umbralMinimo) return { tipo: 'hecho', existencia }
    const [despues] = yield* together(
      sql.setUmbral.get(cambio.umbralMinimo, ahora, productoId),
      apuntar(apunteDeUmbral(existencia, cambio.umbralMinimo, peticion)),
    )
    return { tipo: 'hecho', existencia: present(despues) }
  }

  return {
    crear: (nueva) => engine.write(() => insertar(nueva)),
    existencia: (productoId) => engine.ask(sql.find.get(productoId)),
    resumen: async () => present(await engine.ask(sql.resumen.get())),
    async ultimosMovimientos(ids) {
      const rows = await engine.ask(sql.ultimos.all(JSON.stringify(ids)))
      return new Map(
        rows.flatMap(({ productoId, secuencia }) =>
          secuencia === null ? [] : [[productoId, secuencia] as const],
        ),
      )
    },
    async disponibles(ids) {
      const rows = await engine.ask(sql.disponibles.all(JSON.stringify(ids)))
      return new Map(rows.map((row) => [row.productoId, row.disponible]))
    },
    cambiar: (peticion) => engine.write(() => claves.unaVez(peticion, () => aplicar(peticion))),
    olvidarClaves: claves.olvidar,
  }
}
