import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import type { Cesta } from '../../cesta/cesta.ts'

async function cotizar(cuenta: Cesta, cupon: string, signal: AbortSignal) {
  const lineas = cuenta.map(({ productoId, cantidad }) => ({ productoId, cantidad }))
  const pedida = { lineas, ...(cupon === '' ? {} : { cupon }) }
  return await pedir(cliente().pedidos.cotizaciones.post(pedida, con(signal)))
}
export type Cotizacion = Awaited<ReturnType<typeof cotizar>>

/** What a sale comes to; what was said before stays in sight while it is asked anew. */
export const opcionesCotizacion = (cuenta: Cesta, cupon: string) =>
  queryOptions({
    queryKey: ['cotizacion', 'mostrador', cuenta, cupon],
    enabled: cuenta.length > 0,
    staleTime: 15_000,
    retry: 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => cotizar(cuenta, cupon, signal),
  })

/** What a quote has against the coupon. */
export const avisoDeCupon = (cotizacion: Cotizacion | undefined) =>
  cotizacion?.avisos.find(({ codigo }) => codigo.startsWith('cupon-'))

/** Whom a customer has invoices made out to. */
export const opcionesFacturas = (clienteId: string) =>
  queryOptions({
    queryKey: ['usuarios', 'facturacion', clienteId],
    enabled: clienteId !== '',
    queryFn: async ({ signal }) =>
      (await pedir(cliente().auth.usuarios({ id: clienteId }).facturacion.get(con(signal)))).datos,
  })

type Alta = NonNullable<Parameters<ReturnType<typeof cliente>['auth']['usuarios']['post']>[0]>

export const crearCliente = (alta: Alta) => pedir(cliente().auth.usuarios.post(alta))
