// The floor: what a purchase costs when nothing is left of it but HTTP, JSON and durable writes.
// No validation, identity, ledger or errors; the same two calls and the same fsyncs as the system.
import { groupCommit, openFloor } from './commit.ts'

export interface Linea {
  readonly productoId: string
  readonly cantidad: number
}
export interface Compra {
  readonly lineas: readonly Linea[]
}
interface Precio {
  readonly id: string
  readonly precio: number
}
/** Whom a purchase asks: across the wire, or in the same process. */
export interface Peers {
  readonly precios: (ids: readonly string[]) => Promise<readonly (Precio | null)[]>
  /** Whether all of it was there and is taken now. */
  readonly reservar: (pedido: string, lineas: readonly Linea[]) => Promise<boolean>
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

export function openPrecios(file: string) {
  const db = openFloor(file, schemas.productos)
  const find = db.prepare<Precio, [string]>('SELECT id, precio FROM productos WHERE id = ?')
  return (ids: readonly string[]) => ids.map((id) => find.get(id))
}

export function openReservas(file: string): Peers['reservar'] {
  const db = openFloor(file, schemas.inventario)
  const write = groupCommit(db)
  const free = db.prepare<{ libre: number }, [string]>(
    'SELECT fisico - reservado AS libre FROM existencias WHERE id = ?',
  )
  const isShort = ({ productoId, cantidad }: Linea) => (free.get(productoId)?.libre ?? 0) < cantidad
  const take = db.prepare('UPDATE existencias SET reservado = reservado + ? WHERE id = ?')
  const keep = db.prepare('INSERT INTO reservas VALUES (?, ?, ?)')
  return (pedido, lineas) =>
    write(() => {
      if (lineas.some(isShort)) return false
      for (const { productoId, cantidad } of lineas) {
        take.run(cantidad, productoId)
        keep.run(pedido, productoId, cantidad)
      }
      return true
    })
}

export function openPedidos(file: string, peers: Peers) {
  const db = openFloor(file, schemas.pedidos)
  const write = groupCommit(db)
  const addOrder = db.prepare('INSERT INTO pedidos VALUES (?, ?, ?)')
  const addLine = db.prepare('INSERT INTO lineas VALUES (?, ?, ?, ?)')
  return async ({ lineas }: Compra) => {
    const id = Bun.randomUUIDv7()
    const precios = await peers.precios(lineas.map((linea) => linea.productoId))
    if (!(await peers.reservar(id, lineas))) return { status: 409, body: { id } }
    const priced = lineas.map((linea, at) => ({ ...linea, precio: precios[at]?.precio ?? 0 }))
    const total = priced.reduce((sum, { cantidad, precio }) => sum + cantidad * precio, 0)
    await write(() => {
      addOrder.run(id, total, Date.now())
      for (const { productoId, cantidad, precio } of priced) {
        addLine.run(id, productoId, cantidad, precio)
      }
    })
    return { status: 201, body: { id, total, lineas: priced } }
  }
}
