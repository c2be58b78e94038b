import type { Asunto } from './cobranza/cuenta.ts'
import type { DineroMovido } from './cobranza/movimiento.ts'
import { cuartoMs, type Lapso } from './tramos.ts'

/** The most days that one summary tells of. */
export const diasMaximos = 366
/** How many it tells of when nobody says. */
const diasPorDefecto = 30

/**
 * What amounts are bound by: integers above it are not exact. It is nine thousand orders of the
 * highest total there can be; sums of more stay at it instead of being wrong or refused.
 */
export const importeMaximo = Number.MAX_SAFE_INTEGER

/** A day of the calendar in some zone. */
export interface Dia {
  /** `YYYY-MM-DD`. */
  readonly dia: string
  readonly lapso: Lapso
}

export interface CuentaDia extends DineroMovido {
  readonly dia: string
  readonly pedidos: number
  readonly completados: number
  readonly cancelados: number
  readonly ingresos: number
  /** What is given up since that day, of orders completed then or before. */
  readonly abonado: number
}

export interface Vendido {
  readonly productoId: string
  readonly sku: string
  readonly nombre: string
  readonly unidades: number
  readonly ingresos: number
}

/** Money that moved in those days, by the way in which it was paid. */
export interface CuentaMetodo extends DineroMovido {
  readonly metodo: string
}

/** Orders whose money somebody has to look after now, by why. */
export interface CuentaSaldo {
  readonly asunto: Asunto
  readonly pedidos: number
  /** Above 0 their customers owe it, below 0 the shop does. */
  readonly importe: number
}

export interface Resumen {
  /** Orders that are Pendiente now. */
  readonly pendientes: number
  readonly porDia: readonly CuentaDia[]
  readonly porMetodo: readonly CuentaMetodo[]
  readonly saldos: readonly CuentaSaldo[]
  /** Those of which most units were sold, the first one most. */
  readonly masVendidos: readonly Vendido[]
}

/** What is wrong with the days that were asked for, by the member to blame. */
export class DiasInvalidos extends Error {
  override readonly name = 'DiasInvalidos'
  readonly campo: 'desde' | 'hasta' | 'zona'
  /** The rule of fields that is broken, where one says it. */
  readonly regla: 'fecha' | undefined

  constructor(campo: 'desde' | 'hasta' | 'zona', mensaje: string, regla?: 'fecha') {
    super(mensaje)
    this.campo = campo
    this.regla = regla
  }
}

export interface PeticionDias {
  readonly desde: string | undefined
  readonly hasta: string | undefined
  /** An IANA name. Offsets such as `+05:07` must have been refused: their days are no whole stretches. */
  readonly zona: string
  /** Milliseconds since the epoch. */
  readonly ahora: number
}

function fecha(campo: 'desde' | 'hasta', texto: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(texto)
  } catch {
    throw new DiasInvalidos(campo, 'no es una fecha del calendario', 'fecha')
  }
}

function hoyEn(zona: string, ahora: number): Temporal.PlainDate {
  try {
    return Temporal.Instant.fromEpochMilliseconds(ahora).toZonedDateTimeISO(zona).toPlainDate()
  } catch {
    throw new DiasInvalidos('zona', 'no es una zona horaria IANA, como America/Guayaquil')
  }
}

/** The first moment of a day, which is not midnight where clocks are put forward then. */
function comienzo(dia: Temporal.PlainDate, zona: string): number {
  return Math.floor(dia.toZonedDateTime(zona).epochMilliseconds / cuartoMs)
}

/**
 * The days that a summary is about: both ends included, up to today and thirty of them unless it is
 * said otherwise. A day that a zone left out of its calendar is there and empty.
 * @throws DiasInvalidos
 */
export function diasDe({ desde, hasta, zona, ahora }: PeticionDias): Dia[] {
  const hoy = hoyEn(zona, ahora)
  const ultimo = hasta === undefined ? hoy : fecha('hasta', hasta)
  const primero =
    desde === undefined ? ultimo.subtract({ days: diasPorDefecto - 1 }) : fecha('desde', desde)
  const cuantos = primero.until(ultimo, { largestUnit: 'days' }).days + 1
  if (cuantos < 1)
    throw new DiasInvalidos('desde', 'debe ser un día anterior a `hasta`, o el mismo')
  if (cuantos > diasMaximos) {
    throw new DiasInvalidos('desde', `no puede abarcar más de ${diasMaximos} días hasta \`hasta\``)
  }
  const dias: Dia[] = []
  let desdeTramo = comienzo(primero, zona)
  for (let n = 0; n < cuantos; n++) {
    const dia = primero.add({ days: n })
    const hastaTramo = comienzo(dia.add({ days: 1 }), zona)
    dias.push({ dia: dia.toString(), lapso: { desde: desdeTramo, hasta: hastaTramo } })
    desdeTramo = hastaTramo
  }
  return dias
}
