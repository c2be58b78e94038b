import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId } from '@encargo/service-kit/http/schemas'
import { etag } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { Deps } from '../app/deps.ts'
import { preparar } from '../app/preparar.ts'
import { sinPedido, sinPreparar } from './refusals.ts'
import { PedidoVisto } from './schemas.ts'
import { verPedido } from './views.ts'

const respuestas = { 200: PedidoVisto, ...rechazos('no-encontrado', 'transicion-invalida') }

/** Saying that an order is ready. */
export const preparadoRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/pedidos/:id/preparado',
    async ({ params, identidad, set }) => {
      const preparado = await preparar(deps, { id: params.id, actor: identidad.id })
      switch (preparado.tipo) {
        case 'hecho':
          set.headers.etag = etag(preparado.pedido.version)
          return verPedido(preparado.pedido)
        case 'no-encontrado':
          return sinPedido()
        case 'terminado':
          return sinPreparar()
      }
    },
    {
      acceso: 'personal',
      params: ConId,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Decir que un pedido está listo',
        description:
          'Queda en su historial como `envio.preparado`; si es para retirar y dio un correo, se le avisa. Pedirlo otra vez responde 200 y no cambia nada. Si el pedido terminó o está terminando, 409.',
      },
    },
  )
