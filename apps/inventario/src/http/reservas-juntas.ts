import { appOptions, type service } from '@encargo/service-kit/http/service'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { ResultadoReservar } from '../ports.ts'
import { soloDe } from './instalacion.ts'
import { peticionDe, type ReservasDeps } from './reservas.ts'
import { PeticionReservas, ReservasTomadas } from './schemas.ts'
import { verFin } from './views.ts'

const tomadas = { 200: ReservasTomadas, ...rechazos('instalacion-distinta') }

/** What its order needs to know; a reservation that was confirmed meanwhile is closed to it. */
function resumir(tomada: ResultadoReservar) {
  switch (tomada.tipo) {
    case 'reservada':
    case 'repetida': {
      if (tomada.reserva.estado !== 'activa') return { resultado: 'cerrada' as const }
      return { resultado: 'reservada' as const, ...verFin(tomada.reserva) }
    }
    case 'stock-insuficiente':
      return { resultado: tomada.tipo, faltantes: [...tomada.faltantes] }
    case 'distinta':
    case 'cerrada':
      return { resultado: tomada.tipo }
  }
}

/** The reservations of purchases of one moment in one call; they share its commit as well. */
export const reservasJuntasRoutes = (base: ReturnType<typeof service>, deps: ReservasDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .onBeforeHandle(soloDe(deps.instalacion))
    .put(
      '/reservas',
      async ({ body }) => {
        const ahora = deps.clock.epochMs()
        // All of them are understood before any is taken.
        const peticiones = body.reservas.map((una) =>
          peticionDe(deps, (una.id ?? una.pedidoId).toLowerCase(), una, ahora),
        )
        const tomar = peticiones.map((una) => deps.store.reservar(una))
        return { resultados: (await Promise.all(tomar)).map(resumir) }
      },
      {
        acceso: 'reservar',
        body: PeticionReservas,
        response: tomadas,
        detail: {
          tags: ['reservas'],
          summary: 'Reservar para varios pedidos a la vez, cada uno por su cuenta',
          description:
            'Lo mismo que un `PUT /reservas/:id` por pedido, en una sola llamada: que a uno le ' +
            'falten existencias no afecta a los demás. `resultados` va en el orden pedido. Repetirla ' +
            'no reserva dos veces.',
        },
      },
    )
