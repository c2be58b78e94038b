import { type Client, unwrap } from '@encargo/client'
import { as } from '../../scripts/lib/client.ts'
import type { Wish } from '../load/job.ts'

/** What purchases ask for: products alone, or all that one can say of an order; or only what it comes to. */
export const wishKinds = ['productos', 'venta', 'cotizacion'] as const
export type WishKind = (typeof wishKinds)[number]

const direccionEnvio = {
  nombre: 'Rosa Peralta',
  calle: 'Calle Larga 7-20',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  pais: 'EC',
}
const facturacion = {
  identificacion: { pais: 'EC', tipo: 'ruc', numero: '1790011674001' },
  razonSocial: 'Comercial Andina S. A.',
}
const contacto = { nombre: 'Rosa Peralta', email: 'rosa@correo.example', telefono: '0990000101' }

/** Makes a tax, a method and a coupon; what each order then says of them. */
export async function prepareSale(client: Client, kind: WishKind, token: string): Promise<Wish> {
  if (kind === 'productos') return { path: '/pedidos', more: {} }
  const admin = as(token)
  const { productos, pedidos } = client
  await unwrap(
    productos.impuestos({ codigo: 'general' }).put({ nombre: 'IVA', tasa: 1_500 }, admin),
  )
  const metodo = { codigo: 'moto', nombre: 'Moto', tipo: 'domicilio' } as const
  const zonas = [{ pais: 'EC', provincias: ['Azuay', 'Loja'] }]
  const tarifa = { tipo: 'fija', precio: 350 } as const
  await unwrap(pedidos['metodos-envio'].post({ ...metodo, zonas, tarifa }, admin))
  const cupon = { codigo: 'DIEZ', tipo: 'porcentaje', valor: 1_000, usosMaximos: 1e9 } as const
  await unwrap(pedidos.cupones.post(cupon, admin))
  const asked = { metodoEnvio: 'moto', cupon: 'DIEZ', direccionEnvio }
  if (kind === 'cotizacion') return { path: '/cotizaciones', more: asked }
  const total = { totalEsperado: 1_999 - 200 + 350 }
  return {
    path: '/pedidos',
    more: { ...asked, contacto, facturacion, idioma: 'es', canal: 'web', ...total },
  }
}
