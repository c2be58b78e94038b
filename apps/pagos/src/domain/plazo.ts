import { esperaDinero } from '@encargo/service-kit/values/cobros'
import type { Cobro } from './cobro.ts'

// How long a charge waits for its money, and when its provider is asked though nobody gave notice. Spans and
// moments in milliseconds, but where a name says seconds.

const minutoMs = 60_000
const horaMs = 60 * minutoMs
const diaMs = 24 * horaMs

/** Nothing holds stock for longer. */
const apartadoMaximoMs = 30 * diaMs
/** What a session by redirect has, and what everything else has that people do. */
const segundos = { redirigido: 30 * 60, otro: 72 * 60 * 60 } as const
/** A provider's least is counted from when it is asked, which is a little later. */
const margenSegundos = 5 * 60
/** Money that was sent in the last second is still on its way. */
const graciaMs = { redirigido: 10 * minutoMs, vale: diaMs } as const

interface Proveedor {
  readonly puede: { readonly redirigir: boolean }
  readonly plazo: { readonly minimo: number; readonly maximo: number }
}

/** When a charge that is made now ends, and until when its stock is to be held. */
export function plazosDe(
  { puede, plazo }: Proveedor,
  plazoSegundos: number | null,
  ahora: number,
): Pick<Cobro, 'expiraEn' | 'apartarHasta'> {
  const pedido = plazoSegundos ?? (puede.redirigir ? segundos.redirigido : segundos.otro)
  const minimo = puede.redirigir ? plazo.minimo + margenSegundos : plazo.minimo
  const dura = Math.min(Math.max(pedido, minimo), plazo.maximo) * 1000
  const expiraEn = ahora + dura
  const gracia = puede.redirigir ? graciaMs.redirigido : 0
  return { expiraEn, apartarHasta: Math.min(expiraEn + gracia, ahora + apartadoMaximoMs) }
}

/** Until when stock is held for a voucher that is good until `expiraEn`. */
export const apartarHastaVale = (creadoEn: number, expiraEn: number): number =>
  Math.min(expiraEn + graciaMs.vale, creadoEn + apartadoMaximoMs)

/** After how long an open charge is asked for, and then each hour. */
const primerasMs = [minutoMs, 5 * minutoMs, 15 * minutoMs]
/** As long before the stock is given away, there is time to hear of money. */
const antesMs = minutoMs
/** How long after its end a closed one is still asked for each day: vouchers are paid late. */
const trasCierreMs = 30 * diaMs

type Consultable = Pick<Cobro, 'estado' | 'referencia' | 'creadoEn' | 'expiraEn' | 'apartarHasta'>

/**
 * When its provider is to be asked next; null for never again. What was paid is asked for while money is on
 * its way back, and otherwise found by what the provider lists.
 */
export function proximaConsulta(
  cobro: Consultable,
  { consultable, vuelve }: { readonly consultable: boolean; readonly vuelve: boolean },
  ahora: number,
): number | null {
  const { referencia, creadoEn, expiraEn, apartarHasta } = cobro
  if (!consultable || referencia === null) return null
  if (esperaDinero(cobro)) {
    const primera = primerasMs.map((ms) => creadoEn + ms).find((en) => en > ahora)
    const limite = apartarHasta - antesMs
    const proxima = primera ?? ahora + horaMs
    return limite > ahora ? Math.min(proxima, limite) : proxima
  }
  if (vuelve) return ahora + horaMs
  if (cobro.estado === 'cobrado') return null
  return ahora + diaMs <= Math.max(creadoEn, expiraEn) + trasCierreMs ? ahora + diaMs : null
}

/** How often all that a provider had is gone through, and how far back it goes beyond that. */
export const listado = { cadaMs: 7 * diaMs, solapeMs: diaMs } as const

/** How long something that nobody knows may be ahead of our own write, or of a restored pedidos. */
export const desconocidoMs = 15 * minutoMs

/** How long a provider is asked again that will not give money back, before a person has to. */
export const insistirMs = 3 * diaMs
