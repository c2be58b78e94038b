import { type Engine, type Script, statement, together } from '@encargo/storage'
import { deDinero, tiposDeDinero } from '../domain/cobranza/movimiento.ts'
import type { AbonoHecho, DeVenta, DineroHecho } from '../domain/hecho.ts'
import type { Pedido } from '../domain/pedido.ts'
import type { ConsultaDinero, ConsultaHechos, PaginaHechos } from '../ports/caja.ts'
import { porNumeros } from './lectura.ts'
import { cuentan } from './resumen.ts'
import { enTrecho } from './seguidor.ts'

interface DeUno {
  readonly numero: number
}
interface Fila extends DeUno {
  readonly en: number
  readonly tipo: string | null
  readonly datos: string | null
}
type FilaAbono = AbonoHecho['abono'] & DeUno
type FilaDinero = Omit<DineroHecho, 'que' | 'pedido'> & DeUno & { readonly tipo: string }

const deVarios = 'numero IN (SELECT CAST(value AS bigint) FROM json_each(?1))'

export const consultas = {
  /** Where the next stretch of the history ends. */
  hasta: statement<{ readonly hasta: number | null }, [desde: number, limite: number]>(
    `SELECT max(secuencia) AS hasta FROM
       (SELECT secuencia FROM pedido_eventos WHERE secuencia > ?1 ORDER BY secuencia LIMIT ?2) AS t`,
  ),
  hechos: statement<Fila, [desde: number, hasta: number, enDesde: number, enHasta: number]>(
    `SELECT e.numero, e.en, e.tipo, e.datos FROM pedido_eventos e
     WHERE ${enTrecho} AND e.estado = 'Completado' AND ${cuentan} AND e.en >= ?3 AND e.en < ?4
     ORDER BY e.secuencia`,
  ),
  abonos: statement<FilaAbono, [numeros: string]>(
    `SELECT id, numero, causa, importe, impuesto FROM abonos
     WHERE ${deVarios} AND causa <> 'contracargo' ORDER BY numero, en, id`,
  ),
  /** What was given up before there was a sale. */
  previos: statement<DeUno & { readonly datos: string | null }, [numeros: string]>(
    `SELECT numero, datos FROM pedido_eventos
     WHERE ${deVarios} AND tipo = 'pedido.abonado' AND estado = 'Pendiente' ORDER BY secuencia`,
  ),
  dinero: statement<
    FilaDinero,
    [
      enDesde: number,
      enHasta: number,
      en: number,
      cobroId: string,
      secuencia: number,
      limite: number,
    ]
  >(
    `SELECT m.numero, m.cobro_id AS "cobroId", m.secuencia, m.tipo, m.importe, m.referencia, m.en, c.metodo
     FROM pedido_movimientos m JOIN pedido_cobros c ON c.id = m.cobro_id
     WHERE m.en >= ?1 AND m.en < ?2 AND (m.en, m.cobro_id, m.secuencia) > (?3, ?4, ?5)
       AND m.tipo IN (${tiposDeDinero.map((tipo) => `'${tipo}'`).join(', ')})
     ORDER BY m.en, m.cobro_id, m.secuencia LIMIT ?6`,
  ),
} as const

function* pedidosDe(numeros: readonly number[]): Script<ReadonlyMap<number, Pedido>> {
  const pedidos = yield* porNumeros([...new Set(numeros)])
  return new Map(pedidos.map((pedido) => [pedido.numero, pedido]))
}

/** Which credit an event tells of; written beside it, in one write. */
const abonoDicho = (datos: string | null): string | undefined =>
  datos === null ? undefined : (JSON.parse(datos) as { readonly abonoId?: string }).abonoId

function* leer({ lapso, despuesDe, limite }: ConsultaHechos): Script<PaginaHechos> {
  const { hasta = null } = (yield* consultas.hasta.get(despuesDe, limite)) ?? {}
  if (hasta === null) return { hechos: [], hasta: undefined }
  const filas = yield* consultas.hechos.all(despuesDe, hasta, lapso.desde, lapso.hasta)
  if (filas.length === 0) return { hechos: [], hasta }
  const numeros = filas.map(({ numero }) => numero)
  const [abonos, previos] = yield* together(
    consultas.abonos.all(JSON.stringify(numeros)),
    consultas.previos.all(JSON.stringify(numeros)),
  )
  const de = yield* pedidosDe(numeros)
  const hechos = filas.flatMap(({ numero, en, tipo, datos }): DeVenta[] => {
    const pedido = de.get(numero)
    if (!pedido) return []
    const suyos = abonos.filter((uno) => uno.numero === numero)
    const por = (ids: readonly (string | undefined)[]): AbonoHecho[] =>
      suyos
        .filter(({ id }) => ids.includes(id))
        .map(({ id, causa, importe, impuesto }) => {
          return { que: 'abono', en, pedido, abono: { id, causa, importe, impuesto } }
        })
    if (tipo === 'pedido.abonado') return por([abonoDicho(datos)])
    if (tipo !== null) return por(suyos.flatMap((uno) => (uno.causa === 'anulacion' ? uno.id : [])))
    const antes = previos.filter((uno) => uno.numero === numero)
    return [{ que: 'venta', en, pedido }, ...por(antes.map((uno) => abonoDicho(uno.datos)))]
  })
  return { hechos, hasta }
}

/** Before all that has happened to money. */
const alComienzo = { en: Number.MIN_SAFE_INTEGER, cobroId: '', secuencia: 0 }

function* leerDinero({ lapso, despuesDe, limite }: ConsultaDinero): Script<readonly DineroHecho[]> {
  const { en, cobroId, secuencia } = despuesDe ?? alComienzo
  const lugar = [en, cobroId, secuencia] as const
  const filas = yield* consultas.dinero.all(lapso.desde, lapso.hasta, ...lugar, limite)
  const de = yield* pedidosDe(filas.map(({ numero }) => numero))
  return filas.flatMap(({ numero, tipo, ...fila }) => {
    const pedido = de.get(numero)
    return pedido && deDinero(tipo) ? [{ ...fila, que: tipo, pedido }] : []
  })
}

/**
 * What happened to money. Sales and credits come along the history: a stretch at a time, as no index says
 * when something happened, and events need not be in the order of their moments where a clock was set back.
 */
export function createHechos(engine: Engine) {
  engine.prepare(...Object.values(consultas))
  return {
    hechos: (consulta: ConsultaHechos) => engine.read(() => leer(consulta)),
    dinero: (consulta: ConsultaDinero) => engine.read(() => leerDinero(consulta)),
  }
}
