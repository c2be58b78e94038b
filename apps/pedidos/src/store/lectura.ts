import { type Script, statement, together } from '@encargo/storage'
import type { Condiciones } from '../domain/condiciones.ts'
import type { CorridaAnotada, HistoriaPedido } from '../domain/explicacion.ts'
import { aEvento, type Evento, type FilaEvento } from '../domain/evento.ts'
import type { Cobranza } from '../domain/cobranza/cuenta.ts'
import type { DireccionEnvio, Intencion, Linea, Pedido } from '../domain/pedido.ts'
import {
  aCondiciones,
  aLinea,
  columnasCondiciones,
  columnasLinea,
  type FilaCondiciones,
  type FilaLinea,
} from './condiciones.ts'
import { cobranzaDe, cobranzasDe, consultas as deCobranza } from './cobranza/leer.ts'
import type { pedidoCorridas, pedidos } from './sqlite/tables.ts'

/** An order's row as `columnas` reads it. */
export interface FilaPedido extends Omit<
  typeof pedidos.$inferSelect,
  'direccionEnvio' | 'proximoIntentoEn' | 'sello'
> {
  readonly direccionEnvio: string | null
}
interface FilaCorrida extends Omit<
  typeof pedidoCorridas.$inferSelect,
  'numero' | 'orden' | 'pasos'
> {
  readonly pasos: string
}
interface DeUno {
  readonly numero: number
}

export const columnas = `p.numero, p.id, p.cliente_id AS "clienteId", p.creado_por AS "creadoPor",
  p.estado, p.version, p.intencion, p.intencion_actor AS "intencionActor",
  p.intencion_motivo AS "intencionMotivo", p.intencion_desde AS "intencionDesde", p.intentos,
  p.ultimo_error AS "ultimoError", p.total, p.moneda, p.notas, p.direccion_envio AS "direccionEnvio",
  p.motivo, p.expira_en AS "expiraEn", p.creado_en AS "creadoEn", p.actualizado_en AS "actualizadoEn"`

const filaDeId = statement<FilaPedido, [id: string]>(
  `SELECT ${columnas} FROM pedidos p WHERE id = ?1`,
)
const filaDeNumero = statement<FilaPedido, [numero: number]>(
  `SELECT ${columnas} FROM pedidos p WHERE numero = ?1`,
)
const lineasDe = statement<FilaLinea, [numero: number]>(
  `SELECT ${columnasLinea} FROM pedido_lineas WHERE numero = ?1 ORDER BY posicion`,
)
const eventosDe = statement<FilaEvento, [numero: number]>(
  `SELECT estado, motivo, actor, en, tipo FROM pedido_eventos WHERE numero = ?1 ORDER BY secuencia`,
)
const condicionesDe = statement<FilaCondiciones, [numero: number]>(
  `SELECT ${columnasCondiciones} FROM pedido_condiciones WHERE numero = ?1`,
)
const corridasDe = statement<FilaCorrida, [numero: number]>(
  `SELECT operacion, actor, traza, resultado, en, duracion_us AS "duracionUs", pasos, veces, hasta
   FROM pedido_corridas WHERE numero = ?1 ORDER BY orden`,
)

/** Those whose numbers come as a list. */
export const deVarios = 'numero IN (SELECT CAST(value AS bigint) FROM json_each(?1))'
/** Those of the newest orders first. */
const lineasDeVarios = statement<FilaLinea & DeUno, [numeros: string, limite: number]>(
  `SELECT numero, ${columnasLinea} FROM pedido_lineas WHERE ${deVarios}
   ORDER BY numero DESC, posicion DESC LIMIT ?2`,
)
const eventosDeVarios = statement<FilaEvento & DeUno, [numeros: string]>(
  `SELECT numero, estado, motivo, actor, en, tipo FROM pedido_eventos WHERE ${deVarios}
   ORDER BY numero, secuencia`,
)
const condicionesDeVarios = statement<FilaCondiciones, [numeros: string]>(
  `SELECT ${columnasCondiciones} FROM pedido_condiciones WHERE ${deVarios}`,
)
const filasDeVarios = statement<FilaPedido, [numeros: string]>(
  `SELECT ${columnas} FROM pedidos p WHERE ${deVarios} ORDER BY numero`,
)

function intencionDe(fila: FilaPedido): Intencion | null {
  const { intencion: proposito, intencionActor: actor, intencionDesde: desde } = fila
  // The three are null together: a CHECK of the table.
  if (proposito === null || actor === null || desde === null) return null
  const { intencionMotivo: motivo, intentos, ultimoError } = fila
  return { proposito, actor, motivo, desde, intentos, ultimoError }
}

interface DelPedido {
  readonly lineas: readonly Linea[]
  readonly condiciones: Condiciones | null
  readonly cobranza: Cobranza | null
  readonly historial: readonly Evento[]
}

function aPedido(
  fila: FilaPedido,
  { lineas, condiciones, cobranza, historial }: DelPedido,
): Pedido {
  const { direccionEnvio } = fila
  const datos = {
    numero: fila.numero,
    id: fila.id,
    clienteId: fila.clienteId,
    creadoPor: fila.creadoPor,
    version: fila.version,
    lineas,
    total: fila.total,
    moneda: fila.moneda,
    notas: fila.notas,
    // Written by `creacion.ts`, from a DireccionEnvio.
    direccionEnvio: direccionEnvio === null ? null : (JSON.parse(direccionEnvio) as DireccionEnvio),
    condiciones,
    cobranza,
    expiraEn: fila.expiraEn,
    creadoEn: fila.creadoEn,
    actualizadoEn: fila.actualizadoEn,
    historial,
  }
  if (fila.estado === 'Pendiente') {
    return { ...datos, estado: fila.estado, motivo: null, intencion: intencionDe(fila) }
  }
  return { ...datos, estado: fila.estado, motivo: fila.motivo, intencion: null }
}

/** Orders with their lines, those of the newest ones first up to `maxLineas`, and their history. */
export function* completarFilas(filas: readonly FilaPedido[], maxLineas: number): Script<Pedido[]> {
  if (filas.length === 0) return []
  const numeros = JSON.stringify(filas.map(({ numero }) => numero))
  const [lineas, eventos, condiciones, conDinero] = yield* together(
    lineasDeVarios.all(numeros, maxLineas),
    eventosDeVarios.all(numeros),
    condicionesDeVarios.all(numeros),
    deCobranza.varias.all(numeros),
  )
  const cobranzas = yield* cobranzasDe(conDinero)
  const lineasPor = agrupar(lineas)
  const eventosPor = agrupar(eventos)
  const condicionesPor = new Map(condiciones.map((una) => [una.numero, una]))
  return filas.map((fila) =>
    aPedido(fila, {
      lineas: lineasPor(fila.numero).toReversed().map(aLinea),
      condiciones: aCondiciones(condicionesPor.get(fila.numero)),
      cobranza: cobranzas.get(fila.numero) ?? null,
      historial: eventosPor(fila.numero).map(aEvento),
    }),
  )
}

/** Rows of several orders as those of each, without its number. */
function agrupar<T extends DeUno>(filas: readonly T[]) {
  const grupos = Map.groupBy(filas, ({ numero }) => numero)
  return (cual: number) =>
    (grupos.get(cual) ?? []).map((fila) => {
      const { numero: _, ...resto } = fila
      return resto
    })
}

function* completar(fila: FilaPedido | undefined): Script<Pedido | undefined> {
  if (!fila) return undefined
  const [lineas, eventos, condiciones, conDinero] = yield* together(
    lineasDe.all(fila.numero),
    eventosDe.all(fila.numero),
    condicionesDe.get(fila.numero),
    deCobranza.una.get(fila.numero),
  )
  return aPedido(fila, {
    lineas: lineas.map(aLinea),
    condiciones: aCondiciones(condiciones),
    cobranza: yield* cobranzaDe(conDinero),
    historial: eventos.map(aEvento),
  })
}

export function* porId(id: string): Script<Pedido | undefined> {
  return yield* completar(yield* filaDeId.get(id))
}

export function* porNumero(numero: number): Script<Pedido | undefined> {
  return yield* completar(yield* filaDeNumero.get(numero))
}

/** In the order of their numbers. */
export function* porNumeros(numeros: readonly number[]): Script<readonly Pedido[]> {
  const filas = yield* filasDeVarios.all(JSON.stringify(numeros))
  return yield* completarFilas(filas, Number.MAX_SAFE_INTEGER)
}

function aCorrida({ duracionUs: us, pasos, ...igual }: FilaCorrida): CorridaAnotada {
  // Written from a run's own steps.
  return { ...igual, us, pasos: JSON.parse(pasos) as CorridaAnotada['pasos'] }
}

/** Everything on record of an order. The id is lower-case. */
export function* historiaDe(id: string): Script<HistoriaPedido | undefined> {
  const pedido = yield* porId(id)
  return pedido && { pedido, corridas: (yield* corridasDe.all(pedido.numero)).map(aCorrida) }
}
