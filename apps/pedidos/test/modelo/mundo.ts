import {
  apartados,
  type Cobro,
  type Cuenta,
  type Reembolso,
} from '../../src/domain/cobranza/cuenta.ts'
import { estados } from '../../src/domain/pedido.ts'
import type { Decision } from '../../src/domain/cobranza/decidir.ts'

// One order for the last unit, whose customer may open two charges, and everybody who has to do with it:
// what is, and what each of them knows of it. Amounts are counted in charges.

/** How far a charge is, in the order in which it may go on: so a copy is older where it is less far. */
export const etapa = {
  nada: 0,
  creado: 1,
  abierto: 2,
  enProceso: 3,
  autorizado: 4,
  cerrado: 5,
  cobrado: 6,
} as const
const estadosCobro = [
  'creado',
  'abierto',
  'en-proceso',
  'autorizado',
  'cerrado',
  'cobrado',
] as const satisfies readonly Cobro['estado'][]
const disputas = [null, 'abierta', 'ganada', 'perdida'] as const

/** A charge as somebody knows it. */
export interface Copia {
  readonly etapa: number
  readonly devuelto: 0 | 1
  /** 0 none, 1 open, 2 won, 3 lost. */
  readonly disputa: number
}
export const version = ({ etapa: hasta, devuelto, disputa }: Copia): number =>
  hasta + devuelto + (disputa === 0 ? 0 : disputa === 1 ? 1 : 2)
export const abierta = ({ etapa: hasta }: Copia): boolean =>
  hasta > etapa.nada && hasta < etapa.cerrado
const retenido = ({ disputa }: Copia) => (disputa === 1 || disputa === 3 ? 1 : 0)
export const netoDe = (copia: Copia): number =>
  (copia.etapa === etapa.cobrado ? 1 : 0) - copia.devuelto - retenido(copia)

/** What pedidos has written of a refund: 'hecho' and 'fallido' are told by pagos. */
const devoluciones = ['', 'por-pedir', 'pedido', 'hecho', 'fallido'] as const
type Devolucion = (typeof devoluciones)[number]
const encargos = ['', 'pedido', 'fallido'] as const

export interface CobroMundo {
  /** What the provider has. */
  readonly verdad: Copia
  /**
   * What pagos has told of it. That it has heard and not told yet is not a state of its own: it tells until
   * it has told, so it is as if it had not heard.
   */
  readonly pedidos: Copia
  /** Whether pagos takes it that all of it is told. */
  readonly contado: boolean
  readonly devolucion: Devolucion
  /** What pagos has of that refund. */
  readonly encargo: (typeof encargos)[number]
  /** Pedidos owes it that it is closed. */
  readonly cerrar: boolean
}

/** What inventario answered and pedidos has not written yet; forgotten when it dies in between. */
const respuestas = ['', 'firme', 'cerrada', 'liberada', 'confirmada', 'sin-existencias'] as const
const intenciones = [null, 'completar', 'cancelar', 'expirar', 'asegurar', 'reapartar'] as const
const plazos = ['corre', 'vencido', 'agotado'] as const
const paciencias = ['entera', 'gastada', 'acabada'] as const
const reservas = ['', 'plazo', 'firme', 'vendida'] as const

export interface Mundo {
  readonly estado: Cuenta['estado']
  readonly intencion: (typeof intenciones)[number]
  readonly respuesta: (typeof respuestas)[number]
  readonly apartado: Cuenta['apartado']
  /** Its lease: running, over by the order's clock, over by inventario's. */
  readonly plazo: (typeof plazos)[number]
  /** For charges that can't be closed it is waited once more, and then no longer. */
  readonly paciencia: (typeof paciencias)[number]
  /** Of what it costs, what staff let it off. */
  readonly abonado: 0 | 1
  readonly perdido: number
  /** What inventario has for the order. */
  readonly reserva: (typeof reservas)[number]
  /** Whether somebody else has it. */
  readonly rival: boolean
  /** It was all paid while its stock was promised, and nobody took that back. */
  readonly aTiempo: boolean
  /** A refund was asked for that is on its way already. */
  readonly pedidoDosVeces: boolean
  /** The money that charge 0 promises is to be taken. */
  readonly capturar: boolean
  readonly cobros: readonly [CobroMundo, CobroMundo]
}

const nunca: Copia = { etapa: etapa.nada, devuelto: 0, disputa: 0 }
export const anunciada: Copia = { ...nunca, etapa: etapa.creado }
const sinAbrir: CobroMundo = {
  verdad: nunca,
  pedidos: nunca,
  contado: true,
  devolucion: '',
  encargo: '',
  cerrar: false,
}

export const comienzo: Mundo = {
  estado: 'Pendiente',
  intencion: null,
  respuesta: '',
  apartado: 'plazo',
  plazo: 'corre',
  paciencia: 'entera',
  abonado: 0,
  perdido: 0,
  reserva: 'plazo',
  rival: false,
  aTiempo: false,
  pedidoDosVeces: false,
  capturar: false,
  cobros: [sinAbrir, sinAbrir],
}

export const ambos = [0, 1] as const
export type Cual = (typeof ambos)[number]

export function conCobro(mundo: Mundo, cual: Cual, cambio: Partial<CobroMundo>): Mundo {
  const [uno, otro] = mundo.cobros
  return {
    ...mundo,
    cobros: cual === 0 ? [{ ...uno, ...cambio }, otro] : [uno, { ...otro, ...cambio }],
  }
}

/** Something happened to its money, of which nobody has heard yet. */
export const conVerdad = (mundo: Mundo, cual: Cual, cambio: Partial<Copia>): Mundo =>
  conCobro(mundo, cual, { verdad: { ...mundo.cobros[cual].verdad, ...cambio }, contado: false })

/** The account as pedidos knows it. */
export function cuentaDe(mundo: Mundo, total: number): Cuenta {
  const cobros: Cobro[] = []
  const reembolsos: Reembolso[] = []
  for (const orden of ambos) {
    const { pedidos: copia, devolucion } = mundo.cobros[orden]
    const estado = estadosCobro[copia.etapa - 1]
    if (!estado) continue
    const id = String(orden)
    cobros.push({
      id,
      estado,
      importe: 1,
      autorizado: estado === 'autorizado' ? 1 : 0,
      cobrado: estado === 'cobrado' ? 1 : 0,
      reembolsado: copia.devuelto,
      disputado: retenido(copia),
      disputa: disputas[copia.disputa] ?? null,
      orden,
    })
    if (devolucion !== '') reembolsos.push({ id, cobroId: id, importe: 1, estado: devolucion })
  }
  const { estado, apartado, abonado, perdido } = mundo
  // Whatever it has set out for is that: decidir tells none from another.
  const intencion = mundo.intencion === null ? null : 'completar'
  return { estado, intencion, apartado, total, abonado, perdido, cobros, reembolsos }
}

/** What pedidos writes together with what it decides. */
export function anotar(mundo: Mundo, decision: Decision): Mundo {
  const { proposito = mundo.intencion, perder } = decision
  const capturar = mundo.capturar || decision.capturar.length > 0
  let despues = { ...mundo, intencion: proposito, capturar, perdido: mundo.perdido + perder }
  for (const id of decision.cerrar) despues = conCobro(despues, cualDe(id), { cerrar: true })
  for (const { cobroId } of decision.reembolsar) {
    const cual = cualDe(cobroId)
    despues =
      mundo.cobros[cual].devolucion === ''
        ? conCobro(despues, cual, { devolucion: 'por-pedir' })
        : { ...despues, pedidoDosVeces: true }
  }
  return despues
}

const cualDe = (id: string): Cual => (id === '0' ? 0 : 1)

/** Charge 1 is never disputed. */
const conCopia = (n: number, { etapa: hasta, devuelto, disputa }: Copia, cual: Cual) => {
  const m = (n * 7 + hasta) * 2 + devuelto
  return cual === 0 ? m * 4 + disputa : m
}

/** One account, one number. */
export function claveCuenta(mundo: Mundo): number {
  let n = mundo.intencion === null ? 0 : 1
  n = (n * estados.length + estados.indexOf(mundo.estado)) * apartados.length
  n = (n + apartados.indexOf(mundo.apartado)) * 4 + mundo.perdido * 2 + mundo.abonado
  for (const cual of ambos) {
    const { pedidos, devolucion } = mundo.cobros[cual]
    n = conCopia(n, pedidos, cual) * devoluciones.length + devoluciones.indexOf(devolucion)
  }
  return n
}

/** One state, one number: below 2^53, as a number is exact until there. */
export function clave(mundo: Mundo): number {
  let n = claveCuenta(mundo)
  for (const cual of ambos) {
    const { verdad, encargo, cerrar, contado } = mundo.cobros[cual]
    n = conCopia(n, verdad, cual) * encargos.length + encargos.indexOf(encargo)
    n = n * 4 + Number(cerrar) * 2 + Number(contado)
  }
  n = n * intenciones.length + intenciones.indexOf(mundo.intencion)
  n = n * respuestas.length + respuestas.indexOf(mundo.respuesta)
  n = n * plazos.length + plazos.indexOf(mundo.plazo)
  n = n * paciencias.length + paciencias.indexOf(mundo.paciencia)
  n = n * reservas.length + reservas.indexOf(mundo.reserva)
  n = n * 8 + Number(mundo.rival) * 4 + Number(mundo.aTiempo) * 2 + Number(mundo.capturar)
  return mundo.pedidoDosVeces ? -1 - n : n
}
