import { contarHistoria, type Suceso } from '../../apps/pedidos/src/domain/explicacion.ts'
import { esFirme } from '../../apps/inventario/src/domain/reserva.ts'
import { happeningsOf } from './money.ts'
import type { Held, Record } from './read.ts'

/** One step of a run, or one thing that a step of inventario did to the stock. */
export interface Detail {
  readonly what: string
  readonly outcome: string
  /** Milliseconds, where a clock was running. */
  readonly ms: number | null
}

/** One thing that happened, as the service that did it has it on record. */
export interface Happening {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly where: 'pedidos' | 'inventario' | 'pagos'
  /** Who wanted it: a user's or service's id, or `sistema`. */
  readonly who: string | null
  readonly what: string
  readonly outcome: string
  readonly ms: number | null
  /** How many attempts in a row went just so. */
  readonly times: number
  readonly trace: string | null
  readonly details: readonly Detail[]
  /** Of what happened in one millisecond, what comes first. */
  readonly rank: number
}

const quiet = { who: null, ms: null, times: 1, trace: null } as const

function ofPedidos(suceso: Suceso): Happening {
  return {
    at: suceso.en,
    where: 'pedidos',
    who: suceso.quien,
    what: suceso.que,
    outcome: suceso.resultado,
    ms: suceso.ms ?? null,
    times: suceso.veces,
    trace: suceso.traza ?? null,
    details: suceso.pasos.map(({ paso, resultado, ms, detalle }) => ({
      what: paso,
      outcome: detalle === undefined ? resultado : `${resultado} (${detalle})`,
      ms,
    })),
    // An order is written after its reservation, and ended before inventario hears of it.
    rank: suceso.que === 'comprar' ? 1 : 2,
  }
}

/** The products' names, as the order has them. */
function productNames({ historia }: Record): (id: string) => string {
  const lineas = historia?.pedido.lineas ?? []
  const names = new Map(lineas.map((linea) => [linea.productoId, `${linea.sku} ${linea.nombre}`]))
  return (id) => names.get(id) ?? id
}

function ofReservation(record: Record, reserva: Held): Happening[] {
  const { ventas } = record
  const name = productNames(record)
  const lines = reserva.lineas.map(({ productoId, cantidad }) => ({
    name: name(productoId),
    cantidad,
  }))
  const details = (sign: string, of: string): Detail[] =>
    lines.map((line) => ({ what: line.name, outcome: `${of} ${sign}${line.cantidad}`, ms: null }))
  const base = { ...quiet, where: 'inventario' } as const
  const again = reserva.id === record.id ? '' : `, as ${reserva.id}`
  const happenings: Happening[] = []
  if (lines.length > 0) {
    const until = esFirme(reserva)
      ? 'it is sold or let go of'
      : new Date(reserva.expiraEn).toISOString()
    const outcome = `activa until ${until}${again}`
    const made = { at: reserva.creadaEn, what: 'reserve', outcome, rank: 0 }
    happenings.push({ ...base, ...made, details: details('+', 'reservado') })
  }
  if (reserva.cerradaEn !== null) {
    const sold = ventas.map(({ productoId, cantidad, antes, despues }) => ({
      what: name(productoId),
      outcome: `fisico ${antes} -> ${despues}, reservado ${cantidad}`,
      ms: null,
    }))
    const confirmed = reserva.estado === 'confirmada'
    happenings.push({
      ...base,
      at: reserva.cerradaEn,
      what: confirmed ? 'confirm' : reserva.estado === 'expirada' ? 'expire' : 'release',
      outcome: reserva.estado,
      details: confirmed ? sold : details('-', 'reservado'),
      rank: 3,
    })
  }
  return happenings
}

function ofDiscard({ descarte }: Record): Happening[] {
  if (!descarte) return []
  const { motivo, desde, intentos, traza: trace } = descarte
  const times = Math.max(1, intentos ?? 1)
  const told = {
    at: desde,
    what: 'discard',
    outcome: `never an order: ${motivo}`,
    rank: 2,
    times,
    trace,
  }
  return [{ ...quiet, where: 'pedidos', who: 'sistema', details: [], ...told }]
}

/** The one causal story of an order out of the services' records, oldest first. */
export function storyOf(record: Record): Happening[] {
  const runs = record.historia ? contarHistoria(record.historia).map(ofPedidos) : []
  const all = [
    ...runs,
    ...record.reservas.flatMap((una) => ofReservation(record, una)),
    ...ofDiscard(record),
    ...happeningsOf(record.dinero),
  ]
  return all.sort((a, b) => a.at - b.at || a.rank - b.rank)
}
