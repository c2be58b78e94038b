import type { Disputa, EstadoCobro, Sumas } from '@encargo/service-kit/values/cobros'
import type { Cobro } from './cobro.ts'
import { cabe } from './creible.ts'
import { type Movimiento, sumar } from './movimiento.ts'
import { apartarHastaVale } from './plazo.ts'
import type { EstadoReembolso, Reembolso } from './reembolso.ts'
import { avanzar } from './transiciones.ts'
import type { Verdad } from './verdad.ts'

/** What is known of a charge before its provider is believed. */
export interface Conocido {
  readonly cobro: Cobro
  readonly movimientos: readonly Movimiento[]
  readonly reembolsos: readonly Reembolso[]
  /** Of what is told of, that which is another charge's by now. */
  readonly deOtros: ReadonlySet<string>
  /** And that which was put aside before. */
  readonly apartados: ReadonlySet<string>
}

type Fase = Pick<
  Cobro,
  'estado' | 'causa' | 'disputa' | 'ultimoRechazo' | 'expiraEn' | 'apartarHasta'
>

export interface Conciliado {
  readonly fase: Fase
  readonly sumas: Sumas
  /** Facts that were not known, in the order in which they happened. */
  readonly nuevos: readonly Movimiento[]
  /** New facts that are not this charge's to count: another's, in another currency, or beyond all measure. */
  readonly ajenos: readonly Movimiento[]
  /** Refunds that have come to something else. */
  readonly reembolsos: readonly Reembolso[]
  /** Whether there is anything in it that pedidos does not know. */
  readonly cambia: boolean
  /** Money is held for a charge that is closed: it is to be let go of. */
  readonly cerrarDeNuevo: boolean
}

/** What makes a fact one, within its provider. */
export const claveDe = ({ tipo, referencia }: Pick<Movimiento, 'tipo' | 'referencia'>): string =>
  `${tipo} ${referencia}`

/**
 * What is new in what a provider says. The same for every provider: facts that are known are not counted
 * again, whatever the order and number of the times that they are told, and no sum ever falls below zero.
 */
export function conciliar(conocido: Conocido, visto: Verdad): Conciliado {
  const { cobro, movimientos, reembolsos, deOtros, apartados } = conocido
  const deOtro = visto.cobroId !== undefined && visto.cobroId !== cobro.id
  const otraMoneda = visto.moneda !== cobro.moneda
  const propio = (uno: Movimiento) => !deOtro && !otraMoneda && !deOtros.has(claveDe(uno))
  const contados = new Set(movimientos.map(claveDe))
  const sinContar = enSuOrden(visto.movimientos).filter((uno) => !contados.has(claveDe(uno)))
  const nuevos = sinDeber(movimientos, sinContar.filter(propio))
  const fase = deOtro ? faseDe(cobro) : despues(cobro, visto, otraMoneda, nuevos)
  const cambiados = deOtro || otraMoneda ? [] : reembolsosDespues(reembolsos, visto)
  return {
    fase,
    sumas: sumar([...movimientos, ...nuevos]),
    nuevos,
    ajenos: sinContar.filter(
      (uno) =>
        !apartados.has(claveDe(uno)) &&
        (!propio(uno) || desborda([...movimientos, ...nuevos], uno)),
    ),
    reembolsos: cambiados,
    cambia: nuevos.length > 0 || cambiados.length > 0 || seCuenta(cobro, fase),
    cerrarDeNuevo: !deOtro && fase.estado === 'cerrado' && visto.estado === 'autorizado',
  }
}

const faseDe = ({
  estado,
  causa,
  disputa,
  ultimoRechazo,
  expiraEn,
  apartarHasta,
}: Cobro): Fase => ({
  estado,
  causa,
  disputa,
  ultimoRechazo,
  expiraEn,
  apartarHasta,
})

function despues(
  cobro: Cobro,
  visto: Verdad,
  otraMoneda: boolean,
  nuevos: readonly Movimiento[],
): Fase {
  const estado = avanzar(cobro.estado, otraMoneda ? sinContarlo(visto.estado) : visto.estado)
  const causa = otraMoneda ? 'no-cobrable' : (visto.causa ?? 'vencido')
  const vale = estado === 'en-proceso' ? visto.expiraEn : undefined
  return {
    estado,
    causa: estado === 'cerrado' ? (cobro.causa ?? causa) : null,
    disputa: otraMoneda ? cobro.disputa : disputaDespues(cobro.disputa, visto, nuevos),
    ultimoRechazo: visto.ultimoRechazo?.slice(0, 100) ?? cobro.ultimoRechazo,
    expiraEn: vale ?? cobro.expiraEn,
    apartarHasta: Math.max(
      cobro.apartarHasta,
      vale === undefined ? 0 : apartarHastaVale(cobro.creadoEn, vale),
    ),
  }
}

/** Money in another currency ends a charge as well, without being counted. */
const sinContarlo = (estado: Verdad['estado']): EstadoCobro =>
  estado === 'cobrado' ? 'cerrado' : estado

/** An old answer does not open a dispute again that has ended; money that a bank takes once more does. */
function disputaDespues(
  antes: Disputa | null,
  { disputa }: Verdad,
  nuevos: readonly Movimiento[],
): Disputa | null {
  const otraVez = nuevos.some(({ tipo }) => tipo === 'contracargo')
  if (disputa === 'abierta' && antes !== null && !otraVez) return antes
  return disputa ?? antes
}

const seCuenta = (cobro: Cobro, fase: Fase): boolean =>
  fase.estado !== cobro.estado ||
  fase.causa !== cobro.causa ||
  fase.disputa !== cobro.disputa ||
  fase.expiraEn !== cobro.expiraEn ||
  fase.apartarHasta !== cobro.apartarHasta

/** What is told twice within one answer is one. */
function enSuOrden(movimientos: readonly Movimiento[]): Movimiento[] {
  const unos = new Map(movimientos.map((uno) => [claveDe(uno), uno]))
  return [...unos.values()].toSorted(
    (uno, otro) => uno.en - otro.en || (claveDe(uno) < claveDe(otro) ? -1 : 1),
  )
}

/** Whether it is new there and more than a charge can come to. */
const desborda = (contados: readonly Movimiento[], uno: Movimiento): boolean =>
  !contados.includes(uno) && !cabe(contados.length + 1, sumar([...contados, uno]))

/**
 * What is taken back stands behind what was given: what comes before it, as where lists of a provider are
 * not of one moment, waits until that is told as well.
 */
function sinDeber(conocidos: readonly Movimiento[], otros: readonly Movimiento[]): Movimiento[] {
  const nuevos: Movimiento[] = []
  let quedan = otros
  for (;;) {
    const esperan: Movimiento[] = []
    const antes = nuevos.length
    for (const uno of quedan) {
      const sumas = sumar([...conocidos, ...nuevos, uno])
      const cuantos = conocidos.length + nuevos.length + 1
      const vale = cabe(cuantos, sumas) && Object.values(sumas).every((suma) => suma >= 0)
      if (vale) nuevos.push(uno)
      else esperan.push(uno)
    }
    if (nuevos.length === antes) return nuevos
    quedan = esperan
  }
}

/** What was sent is not to be sent any more; what failed may have gone through after all, and the reverse. */
const adonde: Readonly<Record<EstadoReembolso, readonly EstadoReembolso[]>> = {
  'por-enviar': ['enviado', 'hecho', 'fallido'],
  enviado: ['hecho', 'fallido'],
  hecho: ['fallido'],
  fallido: ['hecho'],
}

function reembolsosDespues(conocidos: readonly Reembolso[], { reembolsos }: Verdad): Reembolso[] {
  return conocidos.flatMap((uno) => {
    const visto = reembolsos.find(({ clave, referencia }) =>
      clave === undefined ? referencia === uno.referencia : clave === uno.id,
    )
    if (visto === undefined) return []
    const estado = adonde[uno.estado].includes(visto.estado) ? visto.estado : uno.estado
    const referencia = uno.referencia ?? visto.referencia
    if (estado === uno.estado && referencia === uno.referencia) return []
    return [{ ...uno, estado, referencia }]
  })
}
