import { statement } from '@encargo/storage'
import type { Asunto } from '../../domain/cobranza/cuenta.ts'
import { type DineroMovido, movido } from '../../domain/cobranza/movimiento.ts'
import { cuartoMs } from '../../domain/tramos.ts'
import type { Movimiento } from '../../ports/cobranza.ts'
import { deSegmentos, enSegmento, sumado, tablaNiveles } from '../tramos.ts'

// Money by when it moved and by which way it was paid, added up in the writes that hear of it: a purchase
// hears of none. What is to be looked after is few, and counted when it is asked for.

const tabla = 'resumen_dinero'

interface DeDia extends DineroMovido {
  /** A place among the days that were asked for. */
  readonly dia: number
  readonly metodo: string
}

interface Saldo {
  readonly asunto: Asunto
  readonly pedidos: number
  readonly importe: number
}

type Sumando = [
  cobroId: string,
  secuencia: number,
  moneda: string,
  metodo: string,
  cuarto: number,
  cobrado: number,
  reembolsado: number,
  disputado: number,
]

export const sentencias = {
  /** To be run before the movement is written, as what is there already is added up. */
  sumar: statement<never, Sumando>(
    `INSERT INTO ${tabla} (nivel, moneda, metodo, tramo, cobrado, reembolsado, disputado)
     SELECT n.nivel, ?3, ?4, CAST(?5 AS BIGINT) / n.largo, ?6, ?7, ?8 FROM ${tablaNiveles}
     WHERE NOT EXISTS (SELECT 1 FROM pedido_movimientos m WHERE m.cobro_id = ?1 AND m.secuencia = ?2)
     ON CONFLICT (nivel, moneda, tramo, metodo) DO UPDATE SET
       ${['cobrado', 'reembolsado', 'disputado'].map((que) => sumado(que, tabla)).join(', ')}`,
  ),
} as const

export const lecturas = {
  dinero: deSegmentos<DeDia, [moneda: string]>(
    (segmentos, luego, suma) => `SELECT s.dia, t.metodo, ${suma('t.cobrado')} AS cobrado,
      ${suma('t.reembolsado')} AS reembolsado, ${suma('t.disputado')} AS disputado
    FROM ${segmentos} ${luego(tabla, 't', `${enSegmento} AND t.moneda = ?2`)} GROUP BY s.dia, t.metodo
    ORDER BY s.dia, t.metodo`,
  ),
  saldos: statement<Saldo, [moneda: string]>(
    `SELECT c.asunto, count(*) AS pedidos, CAST(sum(c.saldo) AS BIGINT) AS importe
     FROM pedido_cobranza c JOIN pedidos p ON p.numero = c.numero
     WHERE c."asunto" IS NOT NULL AND p.moneda = ?1 GROUP BY c.asunto ORDER BY c.asunto`,
  ),
} as const

/** What a movement adds to the sums, or nothing where it moves no money. */
export function porSumar(
  { id, metodo, moneda }: { readonly id: string; readonly metodo: string; readonly moneda: string },
  { secuencia, tipo, importe, en }: Movimiento,
): readonly Sumando[] {
  const cuanto = movido(tipo, importe)
  if (!cuanto) return []
  const { cobrado, reembolsado, disputado } = cuanto
  const cuarto = Math.floor(en / cuartoMs)
  return [[id, secuencia, moneda, metodo, cuarto, cobrado, reembolsado, disputado]]
}
