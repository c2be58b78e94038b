// The floor: what a purchase costs when nothing is left of it but HTTP, JSON and durable writes.
// No validation, identity, ledger or errors; the same two calls and the same fsyncs as the system.
import { groupCommit, openFloor } from './commit.ts'

export interface Linea {
  readonly productoId: string
  readonly cantidad: number
}
interface Compra {
  readonly lineas: readonly Linea[]
}
interface Precios {
  readonly datos: readonly { readonly id: string; readonly precio: number }[]
}

export const schemas = {
  productos: `CREATE TABLE IF NOT EXISTS productos (id TEXT PRIMARY KEY, precio INTEGER)`,
  inventario: `
    CREATE TABLE IF NOT EXISTS existencias (id TEXT PRIMARY KEY, fisico INTEGER, reservado INTEGER);
    CREATE TABLE IF NOT EXISTS reservas (pedido TEXT, producto TEXT, cantidad INTEGER,
      PRIMARY KEY (pedido, producto)) WITHOUT ROWID`,
  pedidos: `
    CREATE TABLE IF NOT EXISTS pedidos (id TEXT PRIMARY KEY, total INTEGER, creado INTEGER);
    CREATE TABLE IF NOT EXISTS lineas (pedido TEXT, producto TEXT, cantidad INTEGER, precio INTEGER,
      PRIMARY KEY (pedido, producto)) WITHOUT ROWID`,
} as const

/** What was sent is believed unseen: the floor has no validation, so here stands a cast. */
const read = async <T>(message: Request | Response) => (await message.json()) as T

const listen = { hostname: '127.0.0.1', port: 0, reusePort: false } as const

export function servePrecios(file: string) {
  const db = openFloor(file, schemas.productos)
  const find = db.prepare<{ id: string; precio: number }, [string]>(
    'SELECT id, precio FROM productos WHERE id = ?',
  )
  return Bun.serve({
    ...listen,
    routes: {
      '/productos/:ids': (request) =>
        Response.json({ datos: request.params.ids.split(',').map((id) => find.get(id)) }),
    },
  })
}

export function serveReservas(file: string) {
  const db = openFloor(file, schemas.inventario)
  const write = groupCommit(db)
  const free = db.prepare<{ libre: number }, [string]>(
    'SELECT fisico - reservado AS libre FROM existencias WHERE id = ?',
  )
  const isShort = ({ productoId, cantidad }: Linea) => (free.get(productoId)?.libre ?? 0) < cantidad
  const take = db.prepare('UPDATE existencias SET reservado = reservado + ? WHERE id = ?')
  const keep = db.prepare('INSERT INTO reservas VALUES (?, ?, ?)')
  return Bun.serve({
    ...listen,
    routes: {
      '/reservas/:id': {
        PUT: async (request) => {
          const { lineas } = await read<Compra>(request)
          const taken = await write(() => {
            if (lineas.some(isShort)) return false
            for (const { productoId, cantidad } of lineas) {
              take.run(cantidad, productoId)
              keep.run(request.params.id, productoId, cantidad)
            }
            return true
          })
          return Response.json({ lineas }, { status: taken ? 201 : 409 })
        },
      },
    },
  })
}

export function servePedidos(file: string, peers: { productos: string; inventario: string }) {
  const db = openFloor(file, schemas.pedidos)
  const write = groupCommit(db)
  const addOrder = db.prepare('INSERT INTO pedidos VALUES (?, ?, ?)')
  const addLine = db.prepare('INSERT INTO lineas VALUES (?, ?, ?, ?)')
  return Bun.serve({
    ...listen,
    routes: {
      '/pedidos': {
        POST: async (request) => {
          const { lineas } = await read<Compra>(request)
          const id = Bun.randomUUIDv7()
          const ids = lineas.map((linea) => linea.productoId).join()
          const { datos } = await read<Precios>(await fetch(`${peers.productos}/productos/${ids}`))
          const body = JSON.stringify({ lineas })
          const put = await fetch(`${peers.inventario}/reservas/${id}`, { method: 'PUT', body })
          await put.arrayBuffer()
          if (put.status !== 201) return Response.json({ id }, { status: put.status })
          const priced = lineas.map((linea, at) => ({ ...linea, precio: datos[at]?.precio ?? 0 }))
          const total = priced.reduce((sum, { cantidad, precio }) => sum + cantidad * precio, 0)
          await write(() => {
            addOrder.run(id, total, Date.now())
            for (const { productoId, cantidad, precio } of priced) {
              addLine.run(id, productoId, cantidad, precio)
            }
          })
          return Response.json({ id, total, lineas: priced }, { status: 201 })
        },
      },
    },
  })
}
