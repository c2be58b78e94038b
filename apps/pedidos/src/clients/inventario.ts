import type { InventarioApp } from '@encargo/inventario'
import { ask, type PeerLink, PeerProtocolError, type ServiceToken } from '@encargo/service-kit'
import type { Reservas } from '../domain/puertos.ts'
import { client, conToken, porPagina, late, unforeseen } from './peer.ts'
import { reservador } from './reservar.ts'

/** inventario's reservations. Path parameters are not encoded by Eden: they are UUIDs by schema. */
export function createReservas(link: PeerLink, token: ServiceToken): Reservas {
  const { reservas } = client<InventarioApp>(link)
  const porReservar = reservador(reservas, token)
  return {
    async reservar(pedidoId, lineas, expiraEnSegundos, call) {
      const pedida = { pedidoId, lineas, expiraEnSegundos }
      const reservado = (await porReservar.get([pedida], call, late('inventario'))).get(pedida)
      if (!reservado) throw new PeerProtocolError('inventario left a reservation unanswered')
      return reservado
    },
    async confirmar(pedidoId, call) {
      const answer = await conToken(token, call, (headers) =>
        ask('inventario', reservas({ pedidoId }).confirmar.post({}, { headers })),
      )
      if (answer.ok) return 'confirmada'
      if (answer.error.status === 409) return 'cerrada'
      if (answer.error.status === 404) return 'inexistente'
      throw unforeseen('inventario', answer.error.status)
    },
    async liberar(pedidoId, call) {
      const answer = await conToken(token, call, (headers) =>
        ask('inventario', reservas({ pedidoId }).liberar.post({}, { headers })),
      )
      if (answer.ok) return 'liberada'
      if (answer.error.status === 409) return 'confirmada'
      throw unforeseen('inventario', answer.error.status)
    },
    async consultar(pedidoId, call) {
      const answer = await conToken(token, call, (headers) =>
        ask('inventario', reservas({ pedidoId }).get({ headers })),
      )
      if (answer.ok) {
        const { estado, lineas, expiraEn } = answer.data
        return { pedidoId, estado, lineas, expiraEn: Date.parse(expiraEn) }
      }
      if (answer.error.status === 404) return undefined
      throw unforeseen('inventario', answer.error.status)
    },
    async activas({ cursor, antesDe }, call) {
      const query = {
        estado: 'activa' as const,
        creadasAntesDe: new Date(antesDe).toISOString(),
        limite: porPagina,
        ...(cursor === null ? {} : { cursor }),
      }
      const answer = await conToken(token, call, (headers) =>
        ask('inventario', reservas.get({ query, headers })),
      )
      if (!answer.ok) throw unforeseen('inventario', answer.error.status)
      const { datos, siguiente } = answer.data
      return { pedidoIds: datos.map((reserva) => reserva.pedidoId), siguiente }
    },
    esperaMs() {
      const { state, retryAfterMs } = link.metrics()
      return state === 'open' ? retryAfterMs : 0
    },
  }
}
