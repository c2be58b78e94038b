import type { Clock } from '@encargo/service-kit/async/clock'
import { fieldProblem, limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { toPagina } from '@encargo/service-kit/http/pagination'
import { momentoDe } from '@encargo/service-kit/http/moments'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import type { Static } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import {
  plazoMaximoSegundos,
  type Reserva,
  sinVencimiento,
  sumarLineas,
} from '../domain/reserva.ts'
import type { Instalacion } from '../app/instalacion.ts'
import type { ReservasStore } from '../ports.ts'
import { soloDe } from './instalacion.ts'
import { reservaCerrada, sinReserva, stockInsuficiente } from './refusals.ts'
import {
  ConReserva,
  ConsultaReservas,
  PaginaReservas,
  PeticionReserva,
  Prorroga,
  ReservaVista,
  SinCuerpo,
} from './schemas.ts'
import { leerLugarReserva, lugarReserva, verReserva } from './views.ts'

export interface ReservasDeps {
  readonly store: ReservasStore
  readonly instalacion: Instalacion
  readonly clock: Pick<Clock, 'epochMs'>
  /** How long a reservation lasts whose request does not say, in seconds. */
  readonly plazoSegundos: number
}

const tags = ['reservas']
const tomada = {
  200: ReservaVista,
  201: ReservaVista,
  ...rechazos('stock-insuficiente', 'reserva-distinta', 'reserva-cerrada', 'instalacion-distinta'),
}
/** To confirm or to hold for longer. */
const confirmada = {
  200: ReservaVista,
  ...rechazos('no-encontrado', 'reserva-cerrada', 'instalacion-distinta'),
}
const liberada = { 200: ReservaVista, ...rechazos('reserva-cerrada', 'instalacion-distinta') }
const una = { 200: ReservaVista, ...rechazos('no-encontrado', 'instalacion-distinta') }
const lista = { 200: PaginaReservas, ...rechazos('instalacion-distinta') }

/** About what a reservation weighs in an answer, in bytes. */
const pesoDe = ({ lineas }: Reserva) => 250 + 80 * lineas.length

/** What a body asks for the reservation, at `ahora`. */
export function peticionDe(
  deps: Pick<ReservasDeps, 'plazoSegundos'>,
  id: string,
  { lineas, expiraEnSegundos, firme, pedidoId = id }: Static<typeof PeticionReserva>,
  ahora: number,
) {
  if (firme && expiraEnSegundos !== undefined) {
    throw fieldProblem('firme', 'no va junto con `expiraEnSegundos`: una reserva firme no vence')
  }
  const plazoSegundos = expiraEnSegundos ?? deps.plazoSegundos
  return {
    id,
    pedidoId: pedidoId.toLowerCase(),
    lineas: sumarLineas(lineas),
    expiraEn: firme ? sinVencimiento : ahora + plazoSegundos * 1000,
    ahora,
  }
}

/** Until when a body asks to hold a reservation, at `ahora`. */
function finPedido({ expiraEn, firme }: Static<typeof Prorroga>, ahora: number): number {
  if ((expiraEn === undefined) === (firme === undefined)) {
    throw fieldProblem('expiraEn', 'o `firme`: di uno de los dos')
  }
  if (expiraEn === undefined) return sinVencimiento
  const hasta = momentoDe('expiraEn', expiraEn)
  if (hasta > ahora + plazoMaximoSegundos * 1000) {
    throw fieldProblem('expiraEn', 'no puede pasar de 30 días desde ahora')
  }
  return hasta
}

/** Stock promised to orders. Each call can be repeated without harm. */
export const reservasRoutes = (base: ReturnType<typeof service>, deps: ReservasDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .onBeforeHandle(soloDe(deps.instalacion))
    .put(
      '/reservas/:id',
      async ({ params, body }) => {
        const ahora = deps.clock.epochMs()
        const tomada = await deps.store.reservar(peticionDe(deps, params.id, body, ahora))
        switch (tomada.tipo) {
          case 'reservada':
            return status(201, verReserva(tomada.reserva, ahora))
          case 'repetida':
            return status(200, verReserva(tomada.reserva, ahora))
          case 'stock-insuficiente':
            return stockInsuficiente(tomada.faltantes)
          case 'cerrada':
            return reservaCerrada(tomada.estado)
          case 'distinta':
            return rechazar('reserva-distinta', {
              detail: 'Esa reserva ya se hizo con otras líneas o para otro pedido. Usa otro id.',
            })
        }
      },
      {
        acceso: 'reservar',
        params: ConReserva,
        body: PeticionReserva,
        response: tomada,
        detail: {
          tags,
          summary: 'Reservar las líneas de un pedido, todas o ninguna',
          description:
            'Las líneas de un mismo producto se suman. 201 la primera vez; 200 con las mismas ' +
            'líneas, también si ya se confirmó, sin cambiar nada, ni el vencimiento. `faltantes` ' +
            'nombra cada producto que no alcanza. Sin `expiraEnSegundos` dura lo que diga ' +
            '`RESERVA_TTL_SEGUNDOS`; con `firme` no vence. El id es el del pedido; el de una segunda ' +
            'reserva para el mismo pedido es otro, y `pedidoId` dice de quién es: su venta y sus ' +
            'devoluciones quedan a nombre de ese pedido.',
        },
      },
    )
    .post(
      '/reservas/:id/confirmar',
      async ({ params }) => {
        const ahora = deps.clock.epochMs()
        const cierre = await deps.store.confirmar({ id: params.id, ahora })
        if (!cierre) return sinReserva()
        if (cierre.tipo === 'cerrada') return reservaCerrada(cierre.estado)
        return verReserva(cierre.reserva, ahora)
      },
      {
        acceso: 'reservar',
        params: ConReserva,
        body: SinCuerpo,
        response: confirmada,
        detail: {
          tags,
          summary: 'Sacar del almacén lo reservado',
          description:
            'Baja `reservado` y `fisico` y deja una VENTA por producto en el libro. Repetirla no ' +
            'cambia nada. Si la reserva se liberó o venció, 409 `reserva-cerrada`.',
        },
      },
    )
    .post(
      '/reservas/:id/liberar',
      async ({ params }) => {
        const ahora = deps.clock.epochMs()
        const cierre = await deps.store.liberar({ id: params.id, ahora })
        if (cierre.tipo === 'cerrada') return reservaCerrada(cierre.estado)
        return verReserva(cierre.reserva, ahora)
      },
      {
        acceso: 'reservar',
        params: ConReserva,
        body: SinCuerpo,
        response: liberada,
        detail: {
          tags,
          summary: 'Devolver lo reservado',
          description:
            'Repetirla, o liberar lo que venció, no cambia nada. Lo que nunca se reservó queda ' +
            'liberado, sin líneas, y ya no se puede reservar. Si se confirmó, 409 ' +
            '`reserva-cerrada`.',
        },
      },
    )
    .post(
      '/reservas/:id/prorrogar',
      async ({ params, body }) => {
        const ahora = deps.clock.epochMs()
        const expiraEn = finPedido(body, ahora)
        const prorroga = await deps.store.prorrogar({ id: params.id, expiraEn, ahora })
        if (!prorroga) return sinReserva()
        if (prorroga.tipo === 'cerrada') return reservaCerrada(prorroga.estado)
        return verReserva(prorroga.reserva, ahora)
      },
      {
        acceso: 'reservar',
        params: ConReserva,
        body: Prorroga,
        response: confirmada,
        detail: {
          tags,
          summary: 'Guardar por más tiempo lo reservado',
          description:
            'Con `expiraEn`, solo hasta más tarde, y no más de 30 días desde ahora: un momento anterior ' +
            'al que ya tiene no cambia nada. Con `firme` deja de tener plazo, y así se queda. Si la ' +
            'reserva terminó o venció, 409 `reserva-cerrada`.',
        },
      },
    )
    .get(
      '/reservas/:id',
      async ({ params }) => {
        const reserva = await deps.store.reserva(params.id)
        return reserva ? verReserva(reserva, deps.clock.epochMs()) : sinReserva()
      },
      {
        acceso: 'leer-reservas',
        params: ConReserva,
        response: una,
        detail: { tags, summary: 'Una reserva, por su id' },
      },
    )
    .get(
      '/reservas',
      async ({ query }) => {
        const ahora = deps.clock.epochMs()
        const { limite = limitePorDefecto, cursor, creadasAntesDe } = query
        const reservas = await deps.store.reservasActivas({
          creadasAntesDe:
            creadasAntesDe === undefined ? undefined : momentoDe('creadasAntesDe', creadasAntesDe),
          despuesDe: leerLugarReserva(cursor),
          ahora,
          limite,
        })
        const ver = (reserva: (typeof reservas)[number]) => verReserva(reserva, ahora)
        return toPagina(reservas, limite, ver, lugarReserva, pesoDe)
      },
      {
        acceso: 'leer-reservas',
        query: ConsultaReservas,
        response: lista,
        detail: {
          tags,
          summary: 'Las reservas activas, de la más antigua a la más nueva',
          description:
            'Para hallar las que no tienen pedido: `creadasAntesDe` deja fuera las recientes, ' +
            'cuyo pedido puede estar escribiéndose. Las que ya vencieron no están.',
        },
      },
    )
