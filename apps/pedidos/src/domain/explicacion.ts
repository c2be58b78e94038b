import { anulacionDe } from './anulacion.ts'
import type { Corrida } from './corrida.ts'
import type { Pedido } from './pedido.ts'

/** A run as it is on record: the same failure over and over is one row. */
export interface CorridaAnotada extends Corrida {
  readonly veces: number
  /** When it last went so. */
  readonly hasta: number
}

/** Everything that pedidos knows of one order. */
export interface HistoriaPedido {
  readonly pedido: Pedido
  readonly corridas: readonly CorridaAnotada[]
}

/** One entry of an order's story. Times in milliseconds, moments since the epoch. */
export interface Suceso {
  readonly en: number
  readonly quien: string
  readonly que: string
  readonly resultado: string
  readonly ms?: number
  readonly traza?: string
  readonly veces: number
  readonly pasos: readonly {
    readonly paso: string
    readonly resultado: string
    readonly ms: number
    readonly detalle?: string | undefined
  }[]
}

const ms = (us: number) => Math.round(us / 10) / 100

function deCorrida(corrida: CorridaAnotada): Suceso {
  return {
    en: corrida.en,
    quien: corrida.actor,
    que: corrida.operacion,
    resultado: corrida.resultado,
    ms: ms(corrida.us),
    traza: corrida.traza,
    veces: corrida.veces,
    pasos: corrida.pasos.map(({ paso, resultado, us, detalle }) => ({
      paso,
      resultado,
      ms: ms(us),
      detalle,
    })),
  }
}

/** What the order is still waiting for, as the last entry of its story. */
function loPendiente({ pedido }: HistoriaPedido): Suceso[] {
  if (!pedido.intencion) return []
  const { proposito, actor, desde, ultimoError, intentos } = pedido.intencion
  const resultado = ultimoError ? `pendiente: ${ultimoError}` : 'pendiente'
  const base = { en: desde, quien: actor, pasos: [] }
  return [{ ...base, que: `intención de ${proposito}`, resultado, veces: Math.max(1, intentos) }]
}

/** A void is no run: the history tells of it, and what it owes is paid as all that is owed. */
function loAnulado({ pedido }: HistoriaPedido): Suceso[] {
  const anulado = anulacionDe(pedido)
  if (!anulado) return []
  const { en, actor } = anulado
  return [{ en, quien: actor, que: 'anular', resultado: 'anulado', veces: 1, pasos: [] }]
}

/** The causal story of one order, oldest first: each run, its steps, who asked and what came of it. */
export function contarHistoria(historia: HistoriaPedido): Suceso[] {
  const sucesos = [
    ...historia.corridas.map(deCorrida),
    ...loAnulado(historia),
    ...loPendiente(historia),
  ]
  return sucesos.sort((a, b) => a.en - b.en)
}
