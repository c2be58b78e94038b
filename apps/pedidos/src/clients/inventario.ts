import type { InventarioApp } from '@encargo/inventario'
import { maxIds } from '@encargo/service-kit/http/schemas'
import {
  exigir,
  late,
  momentoDe,
  paginaDe,
  porPagina,
  unforeseen,
} from '@encargo/service-kit/peer/answers'
import { ask, PeerProtocolError, shape } from '@encargo/service-kit/peer/peer'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { Type } from '@sinclair/typebox'
import type { EstadoReserva, Instalacion, Reservas } from '../ports/peers.ts'
import { Batcher, type Tiempo } from './batcher.ts'
import { Enlace } from './enlace.ts'
import { client, conToken } from './peer.ts'
import { Fin, finDe, reservador } from './reservar.ts'

const conEstado = (...estados: EstadoReserva[]) => ({
  estado: Type.Union(estados.map((estado) => Type.Literal(estado))),
})
// Whatever else a 200 may say, the call has not had its effect.
const quedoConfirmada = shape(Type.Object(conEstado('confirmada')))
const quedoLibre = shape(Type.Object(conEstado('liberada', 'expirada')))
const siguioActiva = shape(Type.Object({ ...conEstado('activa'), expiraEn: Fin }))
const esReserva = shape(
  Type.Object({
    ...conEstado('activa', 'confirmada', 'liberada', 'expirada'),
    lineas: Type.Array(
      Type.Object({ productoId: Type.String(), cantidad: Type.Integer({ minimum: 1 }) }),
    ),
    expiraEn: Fin,
  }),
)
const sonDisponibles = shape(
  Type.Object({
    datos: Type.Array(Type.Object({ productoId: Type.String(), disponible: Type.Integer() })),
  }),
)
const esDevolucion = shape(Type.Object({ id: Type.String() }))
const sonBajas = paginaDe(Type.Object({ productoId: Type.String(), disponible: Type.Integer() }))
const sonActivas = paginaDe(
  Type.Object({
    ...conEstado('activa'),
    // An inventario of before knows no other id than the order's.
    id: Type.Optional(Type.String()),
    pedidoId: Type.String(),
    creadaEn: Type.String(),
  }),
)

/** inventario's reservations. Path parameters are not encoded by Eden: they are UUIDs by schema. */
export function createReservas(
  link: PeerLink,
  token: ServiceToken,
  instalacion: Instalacion,
  tiempo: Tiempo,
): Reservas {
  const { reservas, disponibilidad, devoluciones, inventario } = client<InventarioApp>(link)
  const enlace = new Enlace(link, token, instalacion)
  const { una, juntas } = reservador(reservas, enlace, tiempo)
  // Anyone may ask; with the token it is not counted against the rate of this address.
  const existencias = new Batcher<string, number>({
    maxKeys: maxIds,
    tiempo,
    async load(ids, call) {
      const query = { ids: ids.join(',') }
      const answer = await conToken(link, token, call, (headers) =>
        ask('inventario', disponibilidad.get({ query, headers }), sonDisponibles),
      )
      const { datos } = exigir('inventario', answer)
      return new Map(datos.map(({ productoId, disponible }) => [productoId, disponible]))
    },
  })
  return {
    disponibles: (ids, call) => existencias.get(ids, call, late('inventario')),
    async reservar(pedidoId, lineas, expiraEnSegundos, call) {
      const pedida = { pedidoId, lineas, expiraEnSegundos }
      const reservado = (await juntas.get([pedida], call, late('inventario'))).get(pedida)
      if (!reservado) throw new PeerProtocolError('inventario left a reservation unanswered')
      return reservado
    },
    reapartar: (reservaId, pedidoId, lineas, call) =>
      una(reservaId, { pedidoId, lineas, firme: true }, call),
    async confirmar(id, call) {
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', reservas({ id }).confirmar.post({}, { headers }), quedoConfirmada),
      )
      if (answer.ok) return 'confirmada'
      const { codigo } = answer.error.value
      if (codigo === 'reserva-cerrada') return 'cerrada'
      if (codigo === 'no-encontrado') return 'inexistente'
      throw unforeseen('inventario', answer.error.status)
    },
    async liberar(id, call) {
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', reservas({ id }).liberar.post({}, { headers }), quedoLibre),
      )
      if (answer.ok) return 'liberada'
      if (answer.error.value.codigo === 'reserva-cerrada') return 'confirmada'
      throw unforeseen('inventario', answer.error.status)
    },
    async prorrogar(id, expiraEn, call) {
      const firme = { firme: true } as const
      const body = expiraEn === 'firme' ? firme : { expiraEn: new Date(expiraEn).toISOString() }
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', reservas({ id }).prorrogar.post(body, { headers }), siguioActiva),
      )
      if (answer.ok) {
        return { tipo: 'prorrogada', expiraEn: finDe(answer.data.expiraEn) }
      }
      const { codigo } = answer.error.value
      if (codigo === 'reserva-cerrada' || codigo === 'no-encontrado') return { tipo: 'cerrada' }
      throw unforeseen('inventario', answer.error.status)
    },
    async consultar(id, call) {
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', reservas({ id }).get({ headers }), esReserva),
      )
      if (answer.ok) {
        const { estado, lineas, expiraEn } = answer.data
        return { estado, lineas, expiraEn: finDe(expiraEn) }
      }
      if (answer.error.value.codigo === 'no-encontrado') return undefined
      throw unforeseen('inventario', answer.error.status)
    },
    async bajas(cursor, call) {
      const query = {
        bajoMinimo: true as const,
        limite: porPagina,
        ...(cursor === undefined ? {} : { cursor }),
      }
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', inventario.get({ query, headers }), sonBajas),
      )
      const { datos, siguiente } = exigir('inventario', answer)
      return { bajas: datos, siguiente: siguiente ?? undefined }
    },
    async reponer(id, pedidoId, lineas, call) {
      const body = { pedidoId, lineas: [...lineas] }
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', devoluciones({ id }).put(body, { headers }), esDevolucion),
      )
      exigir('inventario', answer)
    },
    async activas({ cursor, antesDe }, call) {
      const query = {
        estado: 'activa' as const,
        creadasAntesDe: new Date(antesDe).toISOString(),
        limite: porPagina,
        ...(cursor === undefined ? {} : { cursor }),
      }
      const answer = await enlace.llamar(call, (headers) =>
        ask('inventario', reservas.get({ query, headers }), sonActivas),
      )
      const { datos, siguiente } = exigir('inventario', answer)
      const ver = ({ pedidoId, id = pedidoId, creadaEn }: (typeof datos)[number]) => ({
        id,
        pedidoId,
        creadaEn: momentoDe('inventario', creadaEn),
      })
      return { reservas: datos.map(ver), siguiente: siguiente ?? undefined }
    },
  }
}
