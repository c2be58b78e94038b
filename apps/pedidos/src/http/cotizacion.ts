import { appOptions, type service } from '@encargo/service-kit/http/service'
import { esPersonal } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { rechazos } from '@encargo/service-kit/http/problems'
import type { Static } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { cotizarCompra } from '../app/cotizar.ts'
import type { Deps } from '../app/deps.ts'
import { reunirLineas } from '../domain/compra.ts'
import { comprobarSumas } from './cuerpo-compra.ts'
import { tieneCuenta } from './quien.ts'
import { negarCotizacion, soloPersonal } from './refusals.ts'
import { CotizacionVista } from '@encargo/service-kit/values/cotizacion'
import { Cotizar, cuponLimpio } from './venta-schemas.ts'
import { verCotizacion } from './venta-views.ts'

const respuestas = {
  200: CotizacionVista,
  ...rechazos('prohibido', 'producto-inexistente', 'precio-cambiado', 'envio-no-disponible'),
}

type Pedida = Pick<Static<typeof Cotizar>, 'clienteId' | 'canal'>

/** For whom, as far as coupons go: staff ask for somebody whom they know, unless it is a walk-in. */
function paraQuien({ clienteId, canal }: Pedida, identidad: Identidad | null) {
  const personal = identidad !== null && esPersonal(identidad)
  const dePaso = personal && canal === 'mostrador' && clienteId === undefined
  const conCuenta = identidad !== null && tieneCuenta(identidad) && !dePaso
  return {
    cliente: conCuenta ? 'con-cuenta' : 'sin-cuenta',
    clienteId: personal ? clienteId : identidad?.id,
  } as const
}

/** What an order would come to. */
export const cotizacionRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/cotizaciones',
    async ({ body, identidad, call }) => {
      const { lineas, metodoEnvio, direccionEnvio: lugar, cupon } = body
      const { cliente, clienteId } = paraQuien(body, identidad)
      const personal = identidad !== null && esPersonal(identidad)
      if (body.canal === 'mostrador' && !personal) return soloPersonal('Vender en el mostrador')
      if (body.clienteId !== undefined && body.clienteId !== clienteId) {
        return soloPersonal('Cotizar para otra persona')
      }
      comprobarSumas(lineas)
      const encargado = {
        pedidas: reunirLineas(lineas),
        metodoEnvio,
        lugar,
        cupon: cupon === undefined ? undefined : cuponLimpio(cupon),
        cliente,
      } as const
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
          'Lo que diría `POST /pedidos` con lo mismo, por la misma cuenta: líneas, envío, cupón e impuestos. No escribe ni aparta nada. `metodosEnvio` son los que llegan a `direccionEnvio`; sin ella, los que hay. Un cupón que no vale y lo que no alcanza quedan en `avisos`; un `metodoEnvio` que no llega ahí responde `envio-no-disponible`. El personal dice con `clienteId` para quién pregunta; con `canal: mostrador` y sin él, es una venta de paso, y un cupón con límite por cliente no vale.',
      },
    },
  )
