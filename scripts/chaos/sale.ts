import type { Chance } from './random.ts'

/** What some purchases say beyond their lines. */
export interface More {
  readonly metodoEnvio?: string
  readonly direccionEnvio?: typeof direccionEnvio
  readonly contacto?: { readonly nombre: string; readonly email: string }
  readonly cupon?: string
  readonly pago?: { readonly metodo: 'tarjeta' }
}

/** Whom no mail server knows. */
export const nobody = 'nadie@correo.example'

/** Staff wants mails as well, and has them say how to pay. */
export const mailSettings = {
  personal: ['caja@caos.example'],
  tipos: {},
  instruccionesPago: { es: 'En efectivo' },
  idioma: null,
}

const direccionEnvio = { nombre: 'Ana', calle: 'Larga 7', ciudad: 'Cuenca', pais: 'EC' } as const

/** So few uses that they run out, and are fought over each time that an order is cancelled. */
export const coupons = [
  { codigo: 'POCOS', tipo: 'porcentaje', valor: 1_500, usosMaximos: 5 },
  { codigo: 'UNO', tipo: 'importe', valor: 77, usosPorCliente: 1 },
] as const
export const method = {
  codigo: 'moto',
  nombre: 'Moto',
  tipo: 'domicilio',
  tarifa: { tipo: 'fija', precio: 350 },
} as const
/** How one pays. */
export const card = { proveedor: 'stripe', nombre: 'Tarjeta', momento: 'antes' } as const
export const tax = { nombre: 'IVA', tasa: 1_500 } as const

/** Fewer than half, so that those that say nothing stay the rule. */
export function drawMore(chance: Chance, counter: boolean): More {
  if (!chance.happens(0.4)) {
    return chance.happens(0.5) && !counter ? { pago: { metodo: 'tarjeta' } } : {}
  }
  const sent = chance.happens(0.6) && !counter
  const email = chance.happens(0.1) ? nobody : 'ana@correo.example'
  const contacto = { nombre: 'Ana', email }
  const coupon = chance.happens(0.5) ? coupons[chance.between(0, 1)] : undefined
  return {
    contacto,
    ...(sent ? { metodoEnvio: method.codigo, direccionEnvio } : {}),
    ...(coupon ? { cupon: coupon.codigo } : {}),
  }
}
