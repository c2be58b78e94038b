import { diaDe, inicioDelDia } from './dias.ts'

/** Spans that the dashboard offers: today, so many days up to today, a month of the calendar. */
export const plazos = ['hoy', '7', '30', '90', 'mes', 'mes-pasado'] as const
export type Plazo = (typeof plazos)[number]

/** The most days that the service adds up at once. */
const diasMaximos = 366
const diaMs = 24 * 60 * 60 * 1000

/** Days of the shop's calendar, `YYYY-MM-DD`, both ends included. */
export interface Tramo {
  readonly desde: string
  readonly hasta: string
}

export interface Periodo extends Tramo {
  /** Undefined for one that somebody typed. */
  readonly plazo: Plazo | undefined
  /** What it is held against: as many days before it, or as much of the month before. */
  readonly antes: Tramo
}

/** What the dashboard's address says. */
export interface BusquedaPeriodo {
  readonly dias?: string
  readonly desde?: string
  readonly hasta?: string
}

const masTarde = (dia: string, dias: number) =>
  new Date(Date.parse(dia) + dias * diaMs).toISOString().slice(0, 10)
const cuantos = ({ desde, hasta }: Tramo) => (Date.parse(hasta) - Date.parse(desde)) / diaMs + 1
const primero = (dia: string) => `${dia.slice(0, 8)}01`
const delMesAntes = (dia: string) => primero(masTarde(primero(dia), -1))

function deTantosAntes(tramo: Tramo): Tramo {
  return { desde: masTarde(tramo.desde, -cuantos(tramo)), hasta: masTarde(tramo.desde, -1) }
}

/** The month of a day, up to that day; of the month before, as many days as it has of them. */
function delMes(hasta: string): Pick<Periodo, 'desde' | 'hasta' | 'antes'> {
  const tramo = { desde: primero(hasta), hasta }
  const antes = delMesAntes(hasta)
  const mismoDia = masTarde(antes, cuantos(tramo) - 1)
  const fin = masTarde(tramo.desde, -1)
  return { ...tramo, antes: { desde: antes, hasta: mismoDia < fin ? mismoDia : fin } }
}

function escrito({ desde = '', hasta = '' }: BusquedaPeriodo, zona: string): Tramo | undefined {
  if (inicioDelDia(zona, desde) === undefined || inicioDelDia(zona, hasta) === undefined) return
  const tramo = { desde, hasta }
  const dias = cuantos(tramo)
  return dias >= 1 && dias <= diasMaximos ? tramo : undefined
}

/** The days that an address asks for; thirty up to today where it asks for none that there are. */
export function leerPeriodo(busqueda: BusquedaPeriodo, zona: string, ahora: number): Periodo {
  const libre = escrito(busqueda, zona)
  if (libre) return { ...libre, plazo: undefined, antes: deTantosAntes(libre) }
  const plazo = plazos.find((uno) => uno === busqueda.dias) ?? '30'
  const hoy = diaDe(zona, ahora, 0)
  if (plazo === 'mes') return { plazo, ...delMes(hoy) }
  if (plazo === 'mes-pasado') return { plazo, ...delMes(masTarde(primero(hoy), -1)) }
  const dias = plazo === 'hoy' ? 1 : Number(plazo)
  const tramo = { desde: masTarde(hoy, 1 - dias), hasta: hoy }
  return { plazo, ...tramo, antes: deTantosAntes(tramo) }
}
