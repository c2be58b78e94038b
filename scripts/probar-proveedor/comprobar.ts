import { createCallContext } from '@encargo/service-kit/peer/call-context'
import type { Sumas } from '@encargo/service-kit/values/cobros'
import { sumar } from '../../apps/pagos/src/domain/movimiento.ts'
import type { CobroPorAbrir } from '../../apps/pagos/src/ports/proveedor.ts'
import type { Verdad } from '../../apps/pagos/src/domain/verdad.ts'
import type { Banco } from './banco.ts'

const dicho = (valor: unknown) =>
  valor instanceof Error ? `${valor.name}: ${valor.message}` : Bun.inspect(valor, { depth: 6 })

/** A provider was not right about something. */
export class CasoFallido extends Error {
  override readonly name = 'CasoFallido'
  readonly esperado: string
  readonly visto: string

  constructor(que: string, esperado: string, visto: unknown, options?: ErrorOptions) {
    super(`${que}: expected ${esperado}, saw ${dicho(visto)}`, options)
    this.esperado = esperado
    this.visto = dicho(visto)
  }
}

export function igual(que: string, visto: unknown, esperado: unknown): void {
  if (!Bun.deepEquals(visto, esperado, true)) throw new CasoFallido(que, dicho(esperado), visto)
}

export function cierto(que: string, visto: unknown, bien: boolean, esperado: string): void {
  if (!bien) throw new CasoFallido(que, esperado, visto)
}

type Clase<E extends Error> = abstract new (...given: never[]) => E

/** What `promesa` rejects with, which has to be one of these. */
export async function rechaza<E extends Error>(
  que: string,
  promesa: Promise<unknown>,
  clase: Clase<E>,
): Promise<E> {
  const visto = await promesa.catch((error: unknown) => ({ error }))
  const error = typeof visto === 'object' && visto !== null && 'error' in visto ? visto.error : null
  if (error instanceof clase) return error
  throw new CasoFallido(que, clase.name, error ?? visto)
}

/** Time for one call of a case. */
export const llamada = (ms = 8000) => createCallContext(new Headers({ 'x-deadline-ms': `${ms}` }))

let numero = 40
/** A charge that nobody has opened yet. */
export function nuevo(banco: Banco, cambios: Partial<CobroPorAbrir> = {}): CobroPorAbrir {
  numero += 1
  return {
    id: Bun.randomUUIDv7(),
    pedidoId: Bun.randomUUIDv7(),
    numero,
    importe: 12_50,
    moneda: banco.moneda,
    expiraEn: banco.ahora() + 3_600_000,
    volverA: 'https://tienda.example/pago',
    email: 'clienta@example.com',
    idioma: 'es',
    ...cambios,
  }
}

export interface Abierto {
  readonly cobro: CobroPorAbrir
  readonly referencia: string
}

export async function abierto(
  banco: Banco,
  cambios: Partial<CobroPorAbrir> = {},
): Promise<Abierto> {
  const cobro = nuevo(banco, cambios)
  const { referencia } = await banco.proveedor.abrir(cobro, llamada())
  return { cobro, referencia }
}

export async function pagado(banco: Banco, cambios: Partial<CobroPorAbrir> = {}): Promise<Abierto> {
  const uno = await abierto(banco, cambios)
  await banco.pagar(uno.referencia)
  return uno
}

export type Vista = Verdad & { readonly sumas: Sumas }

/** An answer as it has to be whatever happened, with what it comes to. */
export function vista(verdad: Verdad): Vista {
  const { movimientos, reembolsos } = verdad
  for (const movimiento of movimientos) {
    const { importe, en, referencia } = movimiento
    const bien = Number.isSafeInteger(importe) && importe > 0 && en > 1e12 && referencia !== ''
    cierto('a movement', movimiento, bien, 'minor units above 0, milliseconds and a name')
  }
  const nombres = movimientos.map(({ tipo, referencia }) => `${tipo} ${referencia}`)
  cierto('movements', nombres, new Set(nombres).size === nombres.length, 'each once')
  for (const reembolso of reembolsos) {
    const bien = Number.isSafeInteger(reembolso.importe) && reembolso.importe > 0
    cierto('a refund', reembolso, bien, 'minor units above 0')
  }
  const sumas = sumar(movimientos)
  cierto('the sums', sumas, Math.min(...Object.values(sumas)) >= 0, 'none below 0')
  cierto('the currency', verdad.moneda, /^[A-Z]{3}$/.test(verdad.moneda), 'ISO 4217, upper case')
  cierto('the cause', verdad, verdad.causa === undefined || verdad.estado === 'cerrado', 'none yet')
  return { ...verdad, sumas }
}

export async function preguntado(banco: Banco, { cobro, referencia }: Abierto): Promise<Vista> {
  const visto = vista(await banco.proveedor.consultar(referencia, llamada()))
  const suyo = visto.cobroId === undefined || visto.cobroId === cobro.id
  cierto('the charge that it is of', visto.cobroId, suyo, cobro.id)
  igual('the currency', visto.moneda, cobro.moneda)
  return visto
}

/** Holds that a charge is where it should be, and its money. */
export function enEstado(
  visto: Vista,
  estado: Verdad['estado'],
  sumas: Partial<Vista['sumas']> = {},
): void {
  igual('the state', visto.estado, estado)
  const nada = { autorizado: 0, cobrado: 0, reembolsado: 0, disputado: 0 }
  igual('the sums', visto.sumas, { ...nada, ...sumas })
}
