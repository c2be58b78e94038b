import { join } from 'node:path'
import {
  type Compra,
  type Linea,
  openPedidos,
  openPrecios,
  openReservas,
  type Peers,
} from './pipeline.ts'

interface Precios {
  readonly datos: Awaited<ReturnType<Peers['precios']>>
}

/** What was sent is believed unseen: the floor has no validation, so here stands a cast. */
const read = async <T>(message: Request | Response) => (await message.json()) as T

const listen = { hostname: '127.0.0.1', port: 0, reusePort: false } as const

export function servePrecios(file: string) {
  const precios = openPrecios(file)
  return Bun.serve({
    ...listen,
    routes: {
      '/productos/:ids': ({ params }) => Response.json({ datos: precios(params.ids.split(',')) }),
    },
  })
}

export function serveReservas(file: string) {
  const reservar = openReservas(file)
  return Bun.serve({
    ...listen,
    routes: {
      '/reservas/:id': {
        PUT: async (request) => {
          const { lineas } = await read<Compra>(request)
          const taken = await reservar(request.params.id, lineas)
          return Response.json({ lineas }, { status: taken ? 201 : 409 })
        },
      },
    },
  })
}

const acrossTheWire = (urls: { productos: string; inventario: string }): Peers => ({
  async precios(ids) {
    const answer = await fetch(`${urls.productos}/productos/${ids.join()}`)
    return (await read<Precios>(answer)).datos
  },
  async reservar(pedido: string, lineas: readonly Linea[]) {
    const body = JSON.stringify({ lineas })
    const put = await fetch(`${urls.inventario}/reservas/${pedido}`, { method: 'PUT', body })
    await put.arrayBuffer()
    return put.status === 201
  },
})

function serveCompras(file: string, peers: Peers) {
  const comprar = openPedidos(file, peers)
  return Bun.serve({
    ...listen,
    routes: {
      '/pedidos': {
        POST: async (request) => {
          const { status, body } = await comprar(await read<Compra>(request))
          return Response.json(body, { status })
        },
      },
    },
  })
}

export const servePedidos = (file: string, urls: { productos: string; inventario: string }) =>
  serveCompras(file, acrossTheWire(urls))

/** All three in this process, with a database each, and calls that are calls of functions. */
export function serveJuntos(folder: string) {
  const precios = openPrecios(join(folder, 'productos.db'))
  return serveCompras(join(folder, 'pedidos.db'), {
    precios: (ids) => Promise.resolve(precios(ids)),
    reservar: openReservas(join(folder, 'inventario.db')),
  })
}
