import { type Engine, type Script, statement } from '@encargo/storage'
import type { Aplazo, Debida, Deuda, Obligaciones } from './port.ts'

/** Where what is owed stands: in the table, or where it costs less. */
export interface Place {
  debidas(tipo: string, hasta: number, limite: number): Script<Debida[]>
  tomar(debida: Debida, hasta: number): Script<number>
  aplazar(deuda: Deuda, aplazo: Aplazo): Script<void>
}

type Row = Pick<Debida, 'clave' | 'intentos' | 'proximaEn'> & { datos: string }
type Several = [claves: string, tipo: string, desde: number, proxima: number, traza: string]

/** On the table `obligaciones`, which is the service's own. */
export const statements = {
  anotar: statement<never, Several>(
    `INSERT INTO obligaciones (tipo, clave, datos, intentos, desde, proxima_en, traza)
     SELECT ?2, value, '{}', 0, ?3, ?4, ?5 FROM (SELECT value FROM json_each(?1)) claves WHERE true
     ON CONFLICT (tipo, clave) DO NOTHING`,
  ),
  debidas: statement<Row, [tipo: string, hasta: number, limite: number]>(
    `SELECT clave, datos, intentos, proxima_en AS "proximaEn" FROM obligaciones
     WHERE tipo = ?1 AND proxima_en <= ?2 ORDER BY proxima_en, clave LIMIT ?3`,
  ),
  tomar: statement<never, [tipo: string, clave: string, vista: number, hasta: number]>(
    'UPDATE obligaciones SET proxima_en = ?4 WHERE tipo = ?1 AND clave = ?2 AND proxima_en = ?3',
  ),
  aplazar: statement<never, [tipo: string, clave: string, proxima: number, causa: string | null]>(
    `UPDATE obligaciones SET proxima_en = ?3, ultimo_error = coalesce(?4, ultimo_error),
       intentos = intentos + CASE WHEN ?4 IS NULL THEN 0 ELSE 1 END
     WHERE tipo = ?1 AND clave = ?2`,
  ),
  cerrar: statement<never, [tipo: string, clave: string]>(
    'DELETE FROM obligaciones WHERE tipo = ?1 AND clave = ?2',
  ),
}

/** In the write of what makes them due. Without effect on what is owed already. */
export function* deber(
  tipo: string,
  claves: readonly string[],
  { ahora, proximaEn, traza }: { ahora: number; proximaEn: number; traza: string },
): Script<void> {
  if (claves.length === 0) return
  yield* statements.anotar.run(JSON.stringify(claves), tipo, ahora, proximaEn, traza)
}

/** In the write of what comes of it. */
export function* saldar({ tipo, clave }: Deuda): Script<void> {
  yield* statements.cerrar.run(tipo, clave)
}

const inTable: Place = {
  *debidas(tipo, hasta, limite) {
    const rows = yield* statements.debidas.all(tipo, hasta, limite)
    return rows.map(({ datos, ...row }) => ({ tipo, ...row, datos: JSON.parse(datos) }))
  },
  *tomar({ tipo, clave, proximaEn }, hasta) {
    return yield* statements.tomar.run(tipo, clave, proximaEn, hasta)
  },
  *aplazar({ tipo, clave }, { proximaEn, causa = null }) {
    yield* statements.aplazar.run(tipo, clave, proximaEn, causa)
  },
}

/** @param elsewhere the kinds that do not stand in the table */
export function createObligaciones(
  engine: Engine,
  elsewhere: Readonly<Record<string, Place>> = {},
): Omit<Obligaciones, 'espera'> {
  engine.prepare(...Object.values(statements))
  const placeOf = (tipo: string) => elsewhere[tipo] ?? inTable
  return {
    debidas: (tipo, hasta, limite) => engine.read(() => placeOf(tipo).debidas(tipo, hasta, limite)),
    tomar: async (debida, hasta) =>
      (await engine.write(() => placeOf(debida.tipo).tomar(debida, hasta))) === 1,
    aplazar: (deuda, aplazo) => engine.write(() => placeOf(deuda.tipo).aplazar(deuda, aplazo)),
    cerrar: (deuda) => engine.write(() => saldar(deuda)),
  }
}
