import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado, ConId, fieldProblem } from '@encargo/service-kit/http/schemas'
import { DiaOInstante, momentoDe } from '@encargo/service-kit/http/moments'
import { etag } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { Deps } from '../app/deps.ts'
import { prorrogar } from '../app/prorrogar.ts'
import { sinPedido, sinProrroga } from './refusals.ts'
import { PedidoVisto } from './schemas.ts'
import { verPedido } from './views.ts'

const Prorroga = cerrado({
  expiraEn: { ...DiaOInstante, examples: ['2026-01-18T12:00:00.000Z'] },
})
const respuestas = { 200: PedidoVisto, ...rechazos('no-encontrado', 'transicion-invalida') }

/** Holding the stock of an order that waits for longer. */
export const prorrogaRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/pedidos/:id/prorrogar',
    async ({ params, body, identidad, call, set }) => {
      const expiraEn = momentoDe('expiraEn', body.expiraEn)
      const peticion = { id: params.id, actor: identidad.id, expiraEn }
      const prorroga = await prorrogar(deps, peticion, call)
      switch (prorroga.tipo) {
        case 'hecho':
          set.headers.etag = etag(prorroga.pedido.version)
          return verPedido(prorroga.pedido)
        case 'demasiado-lejos':
          throw fieldProblem('expiraEn', 'no puede pasar de 30 días desde ahora')
        case 'no-encontrado':
          return sinPedido()
        case 'terminado':
          return sinProrroga()
      }
    },
    {
      acceso: 'personal',
      params: ConId,
      body: Prorroga,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Guardar por más tiempo las existencias de un pedido pendiente',
        description:
          'Solo hasta más tarde, y no más de 30 días desde ahora; con un momento anterior al que ya tiene no cambia nada. Queda en la historia del pedido. Si el pedido terminó o está terminando, 409.',
      },
    },
  )
