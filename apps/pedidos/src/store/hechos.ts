import { type Engine, type Script, statement } from '@encargo/storage'
import type { ConsultaHechos, PaginaHechos } from '../ports/caja.ts'
import { porNumeros } from './lectura.ts'
import { cuentan } from './resumen.ts'
import { enTrecho } from './seguidor.ts'

interface Fila {
  readonly numero: number
  readonly en: number
  readonly tipo: string | null
}

export const consultas = {
  /** Where the next stretch of the history ends. */
  hasta: statement<{ readonly hasta: number | null }, [desde: number, limite: number]>(
    `SELECT max(secuencia) AS hasta FROM
       (SELECT secuencia FROM pedido_eventos WHERE secuencia > ?1 ORDER BY secuencia LIMIT ?2) AS t`,
  ),
  hechos: statement<Fila, [desde: number, hasta: number, enDesde: number, enHasta: number]>(
    `SELECT e.numero, e.en, e.tipo FROM pedido_eventos e
     WHERE ${enTrecho} AND e.estado = 'Completado' AND ${cuentan} AND e.en >= ?3 AND e.en < ?4
     ORDER BY e.secuencia`,
  ),
} as const

function* leer({ lapso, despuesDe, limite }: ConsultaHechos): Script<PaginaHechos> {
  const { hasta = null } = (yield* consultas.hasta.get(despuesDe, limite)) ?? {}
  if (hasta === null) return { hechos: [], hasta: undefined }
  const filas = yield* consultas.hechos.all(despuesDe, hasta, lapso.desde, lapso.hasta)
  const pedidos = yield* porNumeros([...new Set(filas.map(({ numero }) => numero))])
  const de = new Map(pedidos.map((pedido) => [pedido.numero, pedido]))
  const hechos = filas.flatMap(({ numero, en, tipo }) => {
    const pedido = de.get(numero)
    return pedido
      ? [{ que: tipo === null ? ('venta' as const) : ('abono' as const), en, pedido }]
      : []
  })
  return { hechos, hasta }
}

/**
 * What happened to money, along the history: a stretch at a time, as no index says when something
 * happened, and events need not be in the order of their moments where a clock was set back.
 */
export function createHechos(engine: Engine) {
  engine.prepare(...Object.values(consultas))
  return { hechos: (consulta: ConsultaHechos) => engine.read(() => leer(consulta)) }
}
