import { rechazar } from '@encargo/service-kit/http/problems'
import type { MotivoCupon } from '@encargo/service-kit/values/cotizacion'
import type { Reparo } from '../domain/cotizacion.ts'
import type { RechazoCupon } from '../domain/cupon.ts'

// Why an order can't be had as somebody wants it: sentences that they can act on.

export const sinEnvioAhi =
  'Ningún envío a domicilio lleva este pedido a esa dirección. Elige otra, o retíralo si la tienda lo ofrece.'
const metodoInservible =
  'Ese método de envío no lleva este pedido a esa dirección, o la tienda ya no lo ofrece. Elige otro.'

const motivos: Record<MotivoCupon, string> = {
  desconocido: 'No hay ningún cupón con ese código. Revísalo o quítalo.',
  apagado: 'Ese cupón ya no vale. Quítalo para seguir.',
  'aun-no': 'Ese cupón aún no vale. Quítalo, o vuelve cuando empiece.',
  vencido: 'Ese cupón ya venció. Quítalo para seguir.',
  minimo: 'Lo que llevas no llega al mínimo de ese cupón. Añade algo o quítalo.',
  'sin-lineas': 'Ese cupón no vale para ninguno de estos productos. Quítalo para seguir.',
  'sin-cuenta': 'Ese cupón es para quien tiene cuenta. Inicia sesión para usarlo, o quítalo.',
  'sin-envio': 'Ese cupón quita el costo del envío. Elige un método de envío, o quítalo.',
  agotado: 'Ese cupón ya se usó tantas veces como se podía. Quítalo para seguir.',
  'ya-usado': 'Ya usaste ese cupón las veces que se puede. Quítalo para seguir.',
}

function motivoDe(rechazo: RechazoCupon): MotivoCupon {
  if (rechazo.codigo === 'cupon-invalido') return rechazo.motivo
  return rechazo.propio ? 'ya-usado' : 'agotado'
}

export const detalleDe = (reparo: Reparo): string =>
  reparo.codigo === 'envio-no-disponible' ? metodoInservible : motivos[motivoDe(reparo)]

/** The same as a quote warns of it. */
export function avisoDe(reparo: Reparo) {
  const { codigo } = reparo
  const detalle = detalleDe(reparo)
  return codigo === 'envio-no-disponible'
    ? { codigo, detalle }
    : { codigo, detalle, motivo: motivoDe(reparo) }
}

/** A coupon that can't be used as a problem. */
export function negarCupon(rechazo: RechazoCupon) {
  const problema = { detail: detalleDe(rechazo), motivo: motivoDe(rechazo) }
  return rechazo.codigo === 'cupon-invalido'
    ? rechazar('cupon-invalido', problema)
    : rechazar('cupon-agotado', problema)
}

export const codigoEnUso = (que: string) =>
  rechazar('codigo-en-uso', { detail: `Ya hay ${que} con ese código. Elige otro.` })
export const sinMetodo = () =>
  rechazar('no-encontrado', { detail: 'No hay ningún método de envío con ese código.' })
export const sinCupon = () =>
  rechazar('no-encontrado', { detail: 'No hay ningún cupón con ese código.' })
