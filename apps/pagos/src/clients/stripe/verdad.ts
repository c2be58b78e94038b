import type { Disputa } from '@encargo/service-kit/values/cobros'
import type { Movimiento } from '../../domain/movimiento.ts'
import type { ReembolsoVisto, Verdad } from '../../domain/verdad.ts'
import {
  type Cargo,
  type Devolucion,
  type DisputaStripe,
  esVale,
  type Intento,
  type SesionStripe,
} from './formas.ts'
import { deStripe } from './importe.ts'

/** All that was read there of one charge. */
export interface Visto {
  readonly sesion: SesionStripe
  readonly devoluciones: readonly Devolucion[]
  readonly disputas: readonly DisputaStripe[]
}

const ms = (segundos: number) => segundos * 1000

/** The attempt that was paid, or holds money; a declined one is none. */
const pagadoDe = ({ sesion: { payment_intent: intento } }: Visto): Cargo | undefined =>
  intento?.latest_charge?.paid === true ? intento.latest_charge : undefined

/**
 * What was held and is let go of looks like a refund there, of money that never was taken: nothing of it
 * ever went through the books.
 */
const esAnulacion = ({ status, balance_transaction: asiento }: Devolucion, cargo: Cargo): boolean =>
  cargo.amount_captured < cargo.amount && status === 'succeeded' && asiento === null

function deRetencion(visto: Visto, cargo: Cargo): Movimiento[] {
  const { payment_intent: intento } = visto.sesion
  if (intento?.capture_method !== 'manual') return []
  const comun = { referencia: cargo.id, en: ms(cargo.created) }
  const suelto = cargo.captured || intento.status === 'canceled'
  const resto = suelto ? cargo.amount - cargo.amount_captured : 0
  return [
    { ...comun, tipo: 'autorizacion', importe: cargo.amount },
    ...(resto > 0 ? [{ ...comun, tipo: 'anulacion', importe: resto } as const] : []),
  ]
}

function deCaptura(cargo: Cargo): Movimiento[] {
  const { id: referencia, captured, amount_captured: importe, balance_transaction: asiento } = cargo
  if (!captured || importe === 0) return []
  return [{ tipo: 'captura', importe, referencia, en: ms(asiento?.created ?? cargo.created) }]
}

const fallidas = new Set<string | null>(['failed', 'canceled'])
/** Of these the money has left; whatever else is under way has not. */
const salidas = new Set<string | null>(['succeeded', ...fallidas])

function deDevolucion({ id, status, amount: importe, created }: Devolucion): Movimiento[] {
  if (!salidas.has(status)) return []
  const comun = { referencia: id, importe, en: ms(created) }
  return [
    { ...comun, tipo: 'reembolso' },
    ...(fallidas.has(status) ? [{ ...comun, tipo: 'reembolso-revertido' } as const] : []),
  ]
}

/** Questions of a bank (`warning_*`), and disputes that were prevented, take no money. */
const quitaDinero = ({ status }: DisputaStripe) => !/^(?:warning_|prevented)/.test(status)

function deDisputa(una: DisputaStripe, { amount_captured: hasta }: Cargo, moneda: string) {
  const { id: referencia, amount, currency, created, status } = una
  // Told in the currency of the bank where that is another.
  const importe = currency === moneda ? Math.min(amount, hasta) : hasta
  const comun = { referencia, importe, en: ms(created) }
  const movimientos: Movimiento[] = [{ ...comun, tipo: 'contracargo' }]
  if (status === 'won') movimientos.push({ ...comun, tipo: 'contracargo-revertido' })
  return movimientos
}

function disputaDe(disputas: readonly DisputaStripe[]): Disputa | undefined {
  const estados = disputas.filter(quitaDinero).map(({ status }) => status)
  if (estados.length === 0) return undefined
  if (estados.some((uno) => uno !== 'won' && uno !== 'lost')) return 'abierta'
  return estados.includes('lost') ? 'perdida' : 'ganada'
}

/** When a printed voucher ends, whatever kind it is of. */
function finDeVale({ next_action: paso }: Intento): number | undefined {
  for (const detalle of Object.values(paso ?? {})) {
    if (!esVale(detalle)) continue
    const segundos = detalle.expires_after ?? detalle.expires_at ?? undefined
    if (segundos !== undefined) return ms(segundos)
  }
  return undefined
}

type Estado = Pick<Verdad, 'estado' | 'causa' | 'expiraEn'>
const sinCausa = { causa: undefined, expiraEn: undefined }

function estadoDe({ sesion }: Visto, ahora: number): Estado {
  const { payment_intent: intento, status, expires_at: fin } = sesion
  if (intento?.status === 'succeeded') return { ...sinCausa, estado: 'cobrado' }
  if (intento?.status === 'requires_capture') return { ...sinCausa, estado: 'autorizado' }
  const cerrado = (causa: Verdad['causa']): Estado => ({ ...sinCausa, estado: 'cerrado', causa })
  if (status === 'expired') return cerrado(ms(fin) <= ahora ? 'vencido' : 'anulado')
  if (status === 'open') return { estado: 'abierto', causa: undefined, expiraEn: ms(fin) }
  if (intento === null) return cerrado('no-cobrable')
  switch (intento.status) {
    case 'canceled':
      return cerrado(
        /automatic|expired/.test(intento.cancellation_reason ?? '') ? 'vencido' : 'anulado',
      )
    case 'requires_payment_method':
      return cerrado(
        /expired/.test(intento.last_payment_error?.code ?? '') ? 'vencido' : 'rechazado',
      )
    default:
      return { estado: 'en-proceso', causa: undefined, expiraEn: finDeVale(intento) }
  }
}

const estadosReembolso = new Map<string | null, ReembolsoVisto['estado']>([
  ['succeeded', 'hecho'],
  ['failed', 'fallido'],
  ['canceled', 'fallido'],
])

/** What Stripe's objects say of a charge, as a whole. `ahora` is a moment in milliseconds. */
export function verdadDe(visto: Visto, ahora: number): Verdad {
  const { sesion, disputas } = visto
  const moneda = sesion.currency.toUpperCase()
  const cargo = pagadoDe(visto)
  const devoluciones = cargo ? visto.devoluciones.filter((una) => !esAnulacion(una, cargo)) : []
  const movimientos = cargo
    ? [
        ...deRetencion(visto, cargo),
        ...deCaptura(cargo),
        ...devoluciones.flatMap(deDevolucion),
        ...disputas.filter(quitaDinero).flatMap((una) => deDisputa(una, cargo, sesion.currency)),
      ]
    : []
  const error = sesion.payment_intent?.last_payment_error
  return {
    ...estadoDe(visto, ahora),
    moneda,
    cobroId: sesion.client_reference_id ?? undefined,
    movimientos: movimientos.map((uno) => ({ ...uno, importe: deStripe(uno.importe, moneda) })),
    reembolsos: devoluciones.map(({ id, amount, status, metadata }) => ({
      referencia: id,
      clave: metadata?.['clave'],
      importe: deStripe(amount, moneda),
      estado: estadosReembolso.get(status) ?? 'enviado',
    })),
    disputa: cargo && disputaDe(disputas),
    ultimoRechazo: error?.decline_code ?? error?.code ?? undefined,
  }
}
