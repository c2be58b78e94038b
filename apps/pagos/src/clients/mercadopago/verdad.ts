import type { Disputa } from '@encargo/service-kit/values/cobros'
import type { Movimiento } from '../../domain/movimiento.ts'
import { ProveedorNoDisponible } from '../../ports/proveedor.ts'
import type { ReembolsoVisto, Verdad } from '../../domain/verdad.ts'
import type { Contracargo, Devolucion, Pago, Preferencia } from './formas.ts'
import { enMenores } from './importe.ts'

/** All that Mercado Pago told of a charge. */
export interface Visto {
  readonly cobroId: string
  readonly preferencias: readonly Preferencia[]
  readonly pagos: readonly Pago[]
  /** By the payment that they are of. */
  readonly contracargos: ReadonlyMap<string, Contracargo>
}

export function momento(texto: string): number {
  const ms = Date.parse(texto)
  if (!Number.isNaN(ms)) return ms
  throw new ProveedorNoDisponible(`mercadopago says ${texto}, which is no moment`)
}
const quizaMomento = (texto: string | null | undefined) => (texto ? momento(texto) : undefined)
const ultimo = (momentos: readonly (number | undefined)[]) =>
  momentos.reduce<number | undefined>(
    (mayor, uno) => (uno === undefined || (mayor ?? 0) > uno ? mayor : uno),
    undefined,
  )

/** With money in them, or that had some; a mediation leaves the money where it is. */
const conDinero = new Set(['approved', 'in_mediation', 'refunded', 'charged_back'])
const sinFuturo = new Set(['rejected', 'cancelled'])
export const tieneDinero = ({ status }: Pago) => conDinero.has(status)
export const sigueAbierto = ({ status }: Pago) => !conDinero.has(status) && !sinFuturo.has(status)

export const estaAbierta = ({ expires, expiration_date_to: fin }: Preferencia, ahora: number) =>
  expires !== true || !fin || momento(fin) > ahora

const estados: Readonly<Record<string, ReembolsoVisto['estado']>> = {
  approved: 'hecho',
  rejected: 'fallido',
  cancelled: 'fallido',
}

export function reembolsoDe({ id, amount, status }: Devolucion, moneda: string): ReembolsoVisto {
  const estado = status ? (estados[status] ?? 'enviado') : 'hecho'
  return { referencia: String(id), clave: undefined, importe: enMenores(amount, moneda), estado }
}

function movimientosDeDevolucion(devolucion: Devolucion, pago: Pago): Movimiento[] {
  const { estado, referencia, importe } = reembolsoDe(devolucion, pago.currency_id)
  const en = momento(devolucion.date_created ?? pago.date_approved ?? pago.date_created)
  const hecho = { tipo: 'reembolso', importe, referencia, en } as const
  if (estado === 'enviado') return []
  // It may have counted before it failed, which nothing tells any more: both together are nothing.
  return estado === 'hecho' ? [hecho] : [hecho, { ...hecho, tipo: 'reembolso-revertido' }]
}

/** Whether a bank may have had it back: also one that has been as it was again since. */
export function fueDisputado(pago: Pago): boolean {
  const { status, date_approved: entro, date_last_updated: cambio } = pago
  if (status !== 'approved' || !entro || !cambio) return status === 'charged_back'
  return momento(cambio) - momento(entro) > 86_400_000
}

/** What a dispute of a payment has come to: there is at most one. */
function disputaDe(pago: Pago, contracargo: Contracargo | undefined): Disputa | undefined {
  if (pago.status === 'in_mediation') return 'abierta'
  if (pago.status === 'approved' && contracargo) return 'ganada'
  if (pago.status !== 'charged_back') return undefined
  const cubierto = String(contracargo?.coverage_applied ?? '')
  if (pago.status_detail === 'reimbursed' || cubierto === 'true') return 'ganada'
  return pago.status_detail === 'settled' || cubierto === 'false' ? 'perdida' : 'abierta'
}

function movimientosDe(pago: Pago, contracargo: Contracargo | undefined): Movimiento[] {
  const referencia = String(pago.id)
  const importe = enMenores(pago.transaction_amount, pago.currency_id)
  const en = momento(pago.date_approved ?? pago.date_created)
  const devoluciones = (pago.refunds ?? []).flatMap((una) => movimientosDeDevolucion(una, pago))
  const entrada: Movimiento = { tipo: 'captura', importe, referencia, en }
  const disputa = disputaDe(pago, contracargo)
  if (disputa === undefined || pago.status === 'in_mediation') return [entrada, ...devoluciones]
  const retirado: Movimiento = {
    tipo: 'contracargo',
    importe: contracargo ? enMenores(contracargo.amount, pago.currency_id) : importe,
    referencia,
    en: quizaMomento(contracargo?.date_created) ?? en,
  }
  return disputa === 'ganada'
    ? [entrada, ...devoluciones, retirado, { ...retirado, tipo: 'contracargo-revertido' }]
    : [entrada, ...devoluciones, retirado]
}

/** Closing leaves the end that was planned in the vouchers' one. */
const seAnulo = ({ expiration_date_to: fin, date_of_expiration: previsto }: Preferencia) =>
  Boolean(fin && previsto && momento(fin) < momento(previsto))

function estadoDe(
  { preferencias, pagos }: Visto,
  ahora: number,
): Pick<Verdad, 'estado' | 'causa' | 'expiraEn'> {
  const sinFin = { causa: undefined, expiraEn: undefined }
  if (pagos.some(tieneDinero)) return { estado: 'cobrado', ...sinFin }
  const pendientes = pagos.filter(sigueAbierto)
  if (pendientes.length > 0) {
    const fines = pendientes.map((uno) => quizaMomento(uno.date_of_expiration))
    return { estado: 'en-proceso', causa: undefined, expiraEn: ultimo(fines) }
  }
  const abiertas = preferencias.filter((una) => estaAbierta(una, ahora))
  if (abiertas.length > 0) {
    const fines = abiertas.map((una) => quizaMomento(una.expiration_date_to))
    return { estado: 'abierto', causa: undefined, expiraEn: ultimo(fines) }
  }
  const causa = preferencias.some(seAnulo) ? 'anulado' : 'vencido'
  return { estado: 'cerrado', causa, expiraEn: undefined }
}

/** In which currency it is: that of its preference, unless money came in another one only. */
function monedaDe({ preferencias, pagos }: Visto): string {
  const suya = preferencias[0]?.items?.[0]?.currency_id
  const ingresos = pagos.filter(tieneDinero)
  const deLaSuya = ingresos.find(({ currency_id: una }) => una === suya)
  const moneda = (deLaSuya ?? ingresos[0])?.currency_id ?? suya ?? pagos[0]?.currency_id
  if (moneda) return moneda.toUpperCase()
  throw new ProveedorNoDisponible('mercadopago does not say in which currency')
}

/** The charge, whole. */
export function verdadDe(visto: Visto, ahora: number): Verdad {
  const { cobroId, contracargos } = visto
  const moneda = monedaDe(visto)
  const pagos = visto.pagos.toSorted((a, b) => momento(a.date_created) - momento(b.date_created))
  const conIngreso = pagos.filter((pago) => tieneDinero(pago) && pago.currency_id === moneda)
  const contracargoDe = ({ id }: Pago) => contracargos.get(String(id))
  const disputas = conIngreso.map((pago) => disputaDe(pago, contracargoDe(pago)))
  return {
    ...estadoDe(visto, ahora),
    cobroId,
    moneda,
    movimientos: conIngreso.flatMap((pago) => movimientosDe(pago, contracargoDe(pago))),
    reembolsos: conIngreso.flatMap((pago) =>
      (pago.refunds ?? []).map((una) => reembolsoDe(una, moneda)),
    ),
    disputa: (['abierta', 'perdida', 'ganada'] as const).find((una) => disputas.includes(una)),
    ultimoRechazo:
      pagos.findLast(({ status }) => status === 'rejected')?.status_detail ?? undefined,
  }
}
