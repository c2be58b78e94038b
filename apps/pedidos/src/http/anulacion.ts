import { cerrado, ConId, texto } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import { Elysia } from 'elysia'
import { anular } from '../app/anular.ts'
import type { Deps } from '../app/deps.ts'
import { sinAnular, sinPedido } from './refusals.ts'
import { PedidoVisto } from './schemas.ts'
import { verPedido } from './views.ts'

const respuestas = { 200: PedidoVisto, ...rechazos('no-encontrado', 'transicion-invalida') }
const Anular = cerrado({ motivo: texto(500, 1, 'Se cobró dos veces lo mismo') }, 'Anular')

/** Voiding a sale that was a mistake. */
export const anulacionRoutes = (
  base: ReturnType<typeof service>,
  deps: Deps,
  cumplidor: Fulfiller,
) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/pedidos/:id/anulacion',
    async ({ params, body, identidad, call, set }) => {
      const peticion = { id: params.id, actor: identidad.id, motivo: body.motivo }
      const anulado = await anular(deps, cumplidor, peticion, call)
      switch (anulado.tipo) {
        case 'hecho':
          set.headers.etag = etag(anulado.pedido.version)
          return verPedido(anulado.pedido)
        case 'no-encontrado':
          return sinPedido()
        case 'no-se-anula':
          return sinAnular(anulado.porque)
      }
    },
    {
      acceso: 'personal',
      params: ConId,
      body: Anular,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Anular una venta hecha por error',
        description:
          'Solo un pedido Completado, y el mismo día en la zona horaria de la tienda. Se debe de vuelta todo su importe, y sus existencias vuelven al almacén: en el acto si inventario responde, y si no en cuanto responda. Sigue Completado; `anulado` dice cuándo, quién y por qué, y `exigible` es 0. Un cupón queda usado. Pedirlo otra vez responde 200 y no cambia nada. Lo demás, 409 `transicion-invalida`.',
      },
    },
  )
