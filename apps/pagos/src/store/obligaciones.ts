import type { Espera, Obligaciones, Pendientes } from '@encargo/service-kit/obligations/port'
import {
  createObligaciones as enTabla,
  type Place,
} from '@encargo/service-kit/obligations/statements'
import type { CausaFallo } from '@encargo/service-kit/values/attempts'
import { type Engine, statement, together } from '@encargo/storage'
import { type IdProveedor, proveedores } from '../domain/cobro.ts'
import * as deberes from '../domain/deberes.ts'

interface FilaAviso {
  readonly clave: string
  readonly intentos: number
  readonly proximaEn: number
  readonly referencia: string
  readonly recibidoEn: number
}
interface FilaCobro {
  readonly clave: string
  readonly intentos: number
  readonly proximaEn: number
}
type Toma = [proveedor: string, clave: string, vista: number, hasta: number]
type Aplaza = [proveedor: string, clave: string, proxima: number, causa: string | null]

export const sentencias = {
  avisos: statement<FilaAviso, [proveedor: string, hasta: number, limite: number]>(
    `SELECT evento_id AS clave, intentos, proxima_en AS "proximaEn", referencia,
       recibido_en AS "recibidoEn"
     FROM avisos WHERE proveedor = ?1 AND "proxima_en" IS NOT NULL AND proxima_en <= ?2
     ORDER BY proxima_en, evento_id LIMIT ?3`,
  ),
  tomarAviso: statement<never, Toma>(
    `UPDATE avisos SET proxima_en = ?4 WHERE proveedor = ?1 AND evento_id = ?2 AND proxima_en = ?3`,
  ),
  aplazarAviso: statement<never, Aplaza>(
    `UPDATE avisos SET proxima_en = ?3, error = coalesce(?4, error),
       intentos = intentos + CASE WHEN ?4 IS NULL THEN 0 ELSE 1 END
     WHERE proveedor = ?1 AND evento_id = ?2 AND estado = 'pendiente'`,
  ),
  consultas: statement<FilaCobro, [proveedor: string, hasta: number, limite: number]>(
    `SELECT id AS clave, fallos AS intentos, consultar_en AS "proximaEn"
     FROM cobros WHERE proveedor = ?1 AND "consultar_en" IS NOT NULL AND consultar_en <= ?2
     ORDER BY consultar_en, n LIMIT ?3`,
  ),
  tomarConsulta: statement<never, Toma>(
    'UPDATE cobros SET consultar_en = ?4 WHERE proveedor = ?1 AND id = ?2 AND consultar_en = ?3',
  ),
  aplazarConsulta: statement<never, Aplaza>(
    `UPDATE cobros SET consultar_en = ?3,
       fallos = fallos + CASE WHEN CAST(?4 AS TEXT) IS NULL THEN 0 ELSE 1 END
     WHERE proveedor = ?1 AND id = ?2 AND consultar_en IS NOT NULL`,
  ),
  pendientes: statement<Pendientes, []>(
    `SELECT tipo AS que, count(*) AS cuantas, min(desde) AS desde,
       count(*) FILTER (WHERE intentos > 0) AS fallidas FROM obligaciones GROUP BY tipo
     UNION ALL
     SELECT 'aviso-' || proveedor, count(*), min(recibido_en), count(*) FILTER (WHERE intentos > 0)
     FROM avisos INDEXED BY avisos_por_hacer WHERE "proxima_en" IS NOT NULL GROUP BY proveedor
     ORDER BY que`,
  ),
  ultimoError: statement<{ causa: CausaFallo }, []>(
    `SELECT ultimo_error AS causa FROM obligaciones WHERE ultimo_error IS NOT NULL
     ORDER BY proxima_en DESC LIMIT 1`,
  ),
}

/** Notices, in the inbox itself. */
const enAvisos = (proveedor: IdProveedor): Place => ({
  *debidas(tipo, hasta, limite) {
    const filas = yield* sentencias.avisos.all(proveedor, hasta, limite)
    return filas.map(({ clave, intentos, proximaEn, ...datos }) => ({
      tipo,
      clave,
      intentos,
      proximaEn,
      datos,
    }))
  },
  *tomar({ clave, proximaEn }, hasta) {
    return yield* sentencias.tomarAviso.run(proveedor, clave, proximaEn, hasta)
  },
  *aplazar({ clave }, { proximaEn, causa = null }) {
    yield* sentencias.aplazarAviso.run(proveedor, clave, proximaEn, causa)
  },
})

/** What is asked for from time to time, in the charges themselves. `ahora` in milliseconds. */
const enCobros = (proveedor: IdProveedor, ahora: () => number): Place => ({
  *debidas(tipo, hasta, limite) {
    // At a start all that is owed is due, but this is no debt: nobody asks for all that there ever was.
    const hastaAhora = Math.min(hasta, ahora())
    const filas = yield* sentencias.consultas.all(proveedor, hastaAhora, limite)
    return filas.map((fila) => ({ tipo, ...fila, datos: {} }))
  },
  *tomar({ clave, proximaEn }, hasta) {
    return yield* sentencias.tomarConsulta.run(proveedor, clave, proximaEn, hasta)
  },
  *aplazar({ clave }, { proximaEn, causa = null }) {
    yield* sentencias.aplazarConsulta.run(proveedor, clave, proximaEn, causa)
  },
})

/** All that is owed: what is asked of a provider because of a notice or of time stands where that does. */
export function createObligaciones(engine: Engine, ahora: () => number): Obligaciones<Espera> {
  engine.prepare(...Object.values(sentencias))
  const lugares = proveedores.flatMap((uno) => [
    [deberes.aviso(uno), enAvisos(uno)] as const,
    [deberes.consultar(uno), enCobros(uno, ahora)] as const,
  ])
  return {
    ...enTabla(engine, Object.fromEntries(lugares)),
    espera: () =>
      engine.read(function* () {
        const [pendientes, ultimoError] = yield* together(
          sentencias.pendientes.all(),
          sentencias.ultimoError.get(),
        )
        return { pendientes, ultimoError: ultimoError?.causa }
      }),
  }
}
