import { appOptions, type service } from '@encargo/service-kit/http/service'
import { fieldProblem } from '@encargo/service-kit/http/schemas'
import { momentoDe } from '@encargo/service-kit/http/moments'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import { plazoMaximoSegundos } from '../domain/reserva.ts'
import { soloDe } from './instalacion.ts'
import { reservaCerrada, sinReserva } from './refusals.ts'
import type { ReservasDeps } from './reservas.ts'
import { ConPedido, Prorroga, ReservaVista } from './schemas.ts'
import { verReserva } from './views.ts'

const prorrogada = {
  200: ReservaVista,
  ...rechazos('no-encontrado', 'reserva-cerrada', 'instalacion-distinta'),
}

/** Holding what is reserved for longer. */
export const prorrogaRoutes = (base: ReturnType<typeof service>, deps: ReservasDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .onBeforeHandle(soloDe(deps.store))
    .post(
      '/reservas/:pedidoId/prorrogar',
      async ({ params, body }) => {
        const ahora = deps.clock.epochMs()
        const expiraEn = momentoDe('expiraEn', body.expiraEn)
        if (expiraEn > ahora + plazoMaximoSegundos * 1000) {
          throw fieldProblem('expiraEn', 'no puede pasar de 30 días desde ahora')
        }
        const { pedidoId } = params
        const prorroga = await deps.store.prorrogar({ pedidoId, expiraEn, ahora })
        if (!prorroga) return sinReserva()
        if (prorroga.resultado === 'cerrada') return reservaCerrada(prorroga.estado)
        return verReserva(prorroga.reserva, ahora)
      },
      {
        acceso: 'reservar',
        params: ConPedido,
        body: Prorroga,
        response: prorrogada,
        detail: {
          tags: ['reservas'],
          summary: 'Guardar por más tiempo lo reservado',
          description:
            'Solo hasta más tarde, y no más de 30 días desde ahora. Con un momento anterior al que ' +
            'ya tiene no cambia nada. Si la reserva terminó o venció, 409 `reserva-cerrada`.',
        },
      },
    )
