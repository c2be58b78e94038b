import { appOptions, type service } from '@encargo/service-kit/http/service'
import { esPersonal } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import { cotizarCompra } from '../app/cotizar.ts'
import type { Deps } from '../app/deps.ts'
import { reunirLineas } from '../domain/compra.ts'
import { comprobarSumas } from './cuerpo-compra.ts'
import { tieneCuenta } from './quien.ts'
import { negarCotizacion } from './refusals.ts'
import { CotizacionVista } from '@encargo/service-kit/values/cotizacion'
import { Cotizar, cuponLimpio } from './venta-schemas.ts'
import { verCotizacion } from './venta-views.ts'

const respuestas = {
  200: CotizacionVista,
  ...rechazos('producto-inexistente', 'precio-cambiado', 'envio-no-disponible'),
}

/** Who asks, as far as coupons go: staff ask for somebody whom they know. */
const clienteDe = (identidad: Identidad | null) =>
  identidad && tieneCuenta(identidad) ? 'con-cuenta' : 'sin-cuenta'

/** What an order would come to. */
export const cotizacionRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/cotizaciones',
    async ({ body, identidad, call }) => {
      const { lineas, metodoEnvio, direccionEnvio: lugar, cupon } = body
      comprobarSumas(lineas)
      const encargado = {
        pedidas: reunirLineas(lineas),
        metodoEnvio,
        lugar,
        cupon: cupon === undefined ? undefined : cuponLimpio(cupon),
        cliente: clienteDe(identidad),
      } as const
      const clienteId = identidad && !esPersonal(identidad) ? identidad.id : undefined
      const cotizada = await cotizarCompra(deps, encargado, clienteId, call)
      return cotizada.tipo === 'negada'
        ? negarCotizacion(cotizada.negativa)
        : verCotizacion(cotizada.cotizacion, { ...cotizada, moneda: deps.moneda })
    },
    {
      publico: true,
      body: Cotizar,
      response: respuestas,
      detail: {
        tags: ['venta'],
        summary: 'Cuánto costaría un pedido',
        description:
          'Lo que diría `POST /pedidos` con lo mismo, por la misma cuenta: líneas, envío, cupón e impuestos. No escribe ni aparta nada. `metodosEnvio` son los que llegan a `direccionEnvio`; sin ella, los que hay. Un cupón que no vale y lo que no alcanza quedan en `avisos`; un `metodoEnvio` que no llega ahí responde `envio-no-disponible`.',
      },
    },
  )
