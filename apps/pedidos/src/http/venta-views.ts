import type { Static } from '@sinclair/typebox'
import type { Faltante } from '../domain/compra.ts'
import type { Cotizacion } from '../domain/cotizacion.ts'
import type { Cupon } from '../domain/cupon.ts'
import type { MetodoEnvio } from '../domain/metodo-envio.ts'
import { avisoDe, sinEnvioAhi } from './refusals-venta.ts'
import type { CotizacionVista } from '@encargo/service-kit/values/cotizacion'
import type { CuponVisto, MetodoVisto } from './venta-schemas.ts'
import { verCuenta } from './views.ts'

// What callers see of quotes, methods and coupons.

export interface Alrededor {
  readonly faltantes: readonly Faltante[]
  readonly moneda: string
}

type Vista = Static<typeof CotizacionVista>

function avisosDe(
  { reparos, nadieLlega, lineas }: Cotizacion,
  { faltantes }: Alrededor,
): Vista['avisos'] {
  const nombres = new Map(lineas.map(({ productoId, nombre }) => [productoId, nombre]))
  const cortos = faltantes.map(({ productoId, disponible }) => {
    const detalle = `De ${nombres.get(productoId) ?? productoId} quedan ${disponible}. Pide menos.`
    return { codigo: 'stock-insuficiente' as const, detalle, productoId, disponible }
  })
  const sinEnvio = { codigo: 'envio-no-disponible' as const, detalle: sinEnvioAhi }
  return [...reparos.map(avisoDe), ...(nadieLlega ? [sinEnvio] : []), ...cortos]
}

export function verCotizacion(cotizacion: Cotizacion, alrededor: Alrededor): Vista {
  const { envio, cupon, metodos } = cotizacion
  const { subtotal, descuento, envioImporte, impuesto, base, total, impuestos } = cotizacion
  return {
    lineas: cotizacion.lineas.map((linea) => {
      const { productoId, cantidad, precioUnitario } = linea
      return { productoId, cantidad, precioUnitario, ...verCuenta(linea) }
    }),
    subtotal,
    descuento,
    envioImporte,
    impuesto,
    base,
    total,
    moneda: alrededor.moneda,
    impuestos: [...impuestos],
    metodoEnvio: envio && envio.metodoEnvio,
    cupon,
    metodosEnvio: [...metodos],
    avisos: avisosDe(cotizacion, alrededor),
  }
}

export function verMetodo(metodo: MetodoEnvio): Static<typeof MetodoVisto> {
  const { zonas, tarifa, ...igual } = metodo
  return {
    ...igual,
    zonas: zonas.map(({ pais, provincias }) =>
      provincias ? { pais, provincias: [...provincias] } : { pais },
    ),
    tarifa: tarifa.tipo === 'fija' ? tarifa : { ...tarifa, tramos: [...tarifa.tramos] },
  }
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

export function verCupon(cupon: Cupon): Static<typeof CuponVisto> {
  const { categorias, desde, hasta, ...igual } = cupon
  return { ...igual, categorias: [...categorias], desde: iso(desde), hasta: iso(hasta) }
}
