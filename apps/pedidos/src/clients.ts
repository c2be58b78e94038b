import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { ProductosApp } from '@encargo/productos'
import {
  ask,
  type CallContext,
  callHeaders,
  crashAround,
  type PeerLink,
  PeerProtocolError,
  PeerUnavailableError,
  ServiceToken,
} from '@encargo/service-kit'
import { Batcher } from './batcher.ts'
import type { Articulo, Cliente } from './domain/compra.ts'
import type { Apartado } from './domain/pedido.ts'
import type { Catalogo, Clientes, Reservado, Reservas } from './domain/puertos.ts'

const client = <App extends ProductosApp | AuthApp | InventarioApp>(link: PeerLink) =>
  treaty<App>(link.origin, { fetcher: link.fetcher, parseDate: false })

const unforeseen = (peer: string, status: unknown) =>
  new PeerProtocolError(`${peer} answered ${String(status)}`)
const late = (peer: string) => () => new PeerUnavailableError(peer, 1000)

/** As many ids as one `?ids=` takes. */
const idsPorLlamada = 200

/** The token of pedidos' own service account, for the calls that need one. */
export function createServiceToken(link: PeerLink, secret: string): ServiceToken {
  const auth = client<AuthApp>(link)
  const peticion = {
    grant_type: 'client_credentials',
    client_id: 'pedidos',
    client_secret: secret,
  } as const
  return new ServiceToken(() =>
    crashAround('pedidos.token.pedir', async () => {
      const answer = await ask('auth', auth.token.post(peticion))
      if (answer.ok) return answer.data
      throw unforeseen('auth', answer.error.status)
    }),
  )
}

interface Refusal {
  readonly ok: boolean
  readonly error?: { readonly status: unknown }
}

/** Calls with the service's token, and once more with a fresh one when it is not good any more. */
async function conToken<T extends Refusal>(
  token: ServiceToken,
  call: CallContext,
  trabajo: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  const headers = async () => ({
    ...callHeaders(call),
    authorization: `Bearer ${await token.get()}`,
  })
  const answer = await trabajo(await headers())
  if (answer.ok || answer.error?.status !== 401) return answer
  token.forget()
  return await trabajo(await headers())
}

/** auth's users, of whom the look-ups of one moment are one call, and who was erased. */
export function createClientes(link: PeerLink, token: ServiceToken): Clientes {
  const auth = client<AuthApp>(link)
  const usuarios = new Batcher<string, Cliente>({
    maxKeys: idsPorLlamada,
    async load(ids, call) {
      const query = { ids: ids.join(',') }
      const answer = await conToken(token, call, (headers) =>
        ask('auth', auth.usuarios.estados.get({ query, headers })),
      )
      if (!answer.ok) throw unforeseen('auth', answer.error.status)
      return new Map(answer.data.datos.map((cliente) => [cliente.id, cliente]))
    },
  })
  return {
    buscar: async (id, call) => (await usuarios.get([id], call, late('auth'))).get(id),
    async borrados(cursor, call) {
      const query = { limite: idsPorLlamada, ...(cursor === null ? {} : { cursor }) }
      const answer = await conToken(token, call, (headers) =>
        ask('auth', auth.usuarios.borrados.get({ query, headers })),
      )
      if (!answer.ok) throw unforeseen('auth', answer.error.status)
      const { datos, siguiente } = answer.data
      return { ids: datos.map(({ id }) => id.toLowerCase()), siguiente }
    },
  }
}

/**
 * productos' catalogue: the look-ups of one moment are one call. Anyone may ask, so a call waits
 * for no token; with the one at hand it is not counted against the rate of this address.
 */
export function createCatalogo(link: PeerLink, token: ServiceToken): Catalogo {
  const productos = client<ProductosApp>(link)
  const preguntar = (ids: readonly string[], headers: Record<string, string>) =>
    ask('productos', productos.productos.articulos.get({ query: { ids: ids.join(',') }, headers }))
  const articulos = new Batcher<string, Articulo>({
    maxKeys: idsPorLlamada,
    async load(ids, call) {
      const held = token.held()
      const known = held === undefined ? {} : { authorization: `Bearer ${held}` }
      let answer = await preguntar(ids, { ...callHeaders(call), ...known })
      if (!answer.ok && answer.error.status === 401) {
        token.forget(held)
        answer = await preguntar(ids, callHeaders(call))
      }
      if (!answer.ok) throw unforeseen('productos', answer.error.status)
      return new Map(answer.data.datos.map((articulo) => [articulo.id, articulo]))
    },
  })
  return {
    async buscar(ids, call) {
      const hallados = await articulos.get(ids, call, late('productos'))
      // Of the call's answer, only what was asked for here.
      return new Map(
        ids.flatMap((id) => {
          const articulo = hallados.get(id)
          return articulo ? [[id, articulo] as const] : []
        }),
      )
    },
  }
}

interface PorReservar {
  readonly pedidoId: string
  readonly lineas: readonly Apartado[]
  readonly expiraEnSegundos: number
}

/** As many reservations as one call takes. */
const reservasPorLlamada = 32

/** Takes reservations: those of one moment in one call, and one alone by the path of its own. */
function reservador(
  reservas: ReturnType<typeof client<InventarioApp>>['reservas'],
  token: ServiceToken,
) {
  async function una({ pedidoId, lineas, expiraEnSegundos }: PorReservar, call: CallContext) {
    const body = { lineas: [...lineas], expiraEnSegundos }
    const answer = await conToken(token, call, (headers) =>
      ask('inventario', reservas({ pedidoId }).put(body, { headers })),
    )
    if (answer.ok) {
      const { estado, expiraEn } = answer.data
      if (estado !== 'activa') return { resultado: 'cerrada' } as const
      return { resultado: 'reservada', expiraEn: Date.parse(expiraEn) } as const
    }
    if (answer.error.status !== 409) throw unforeseen('inventario', answer.error.status)
    const { value } = answer.error
    switch (value.codigo) {
      case 'stock-insuficiente':
        return { resultado: 'stock-insuficiente', faltantes: value.faltantes } as const
      case 'reserva-distinta':
        return { resultado: 'distinta' } as const
      case 'reserva-cerrada':
        return { resultado: 'cerrada' } as const
    }
  }

  async function varias(pedidas: readonly PorReservar[], call: CallContext): Promise<Reservado[]> {
    const body = { reservas: pedidas.map((una) => ({ ...una, lineas: [...una.lineas] })) }
    const answer = await conToken(token, call, (headers) =>
      ask('inventario', reservas.put(body, { headers })),
    )
    if (!answer.ok) throw unforeseen('inventario', answer.error.status)
    return answer.data.resultados.map((uno) =>
      uno.resultado === 'reservada' ? { ...uno, expiraEn: Date.parse(uno.expiraEn) } : uno,
    )
  }

  return new Batcher<PorReservar, Reservado>({
    maxKeys: reservasPorLlamada,
    async load(pedidas, call) {
      const [primera] = pedidas
      const sola = primera && pedidas.length === 1
      const resultados = sola ? [await una(primera, call)] : await varias(pedidas, call)
      return new Map(
        resultados.flatMap((resultado, index) => {
          const pedida = pedidas[index]
          return pedida ? [[pedida, resultado] as const] : []
        }),
      )
    },
  })
}

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
        limite: idsPorLlamada,
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
