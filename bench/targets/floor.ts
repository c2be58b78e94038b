import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openFloor } from '../floor/commit.ts'
import { schemas } from '../floor/pipeline.ts'
import { type Child, startChild } from '../child.ts'
import type { Target } from './target.ts'

export interface FloorOptions {
  /** For its three databases. */
  readonly folder: string
  readonly products: number
  /** Units of each product. */
  readonly stock: number
}

const main = join(import.meta.dir, '..', 'floor', 'main.ts')

/** Starts the three processes of the floor, stocked. Ends what it started when one can't start. */
export async function startFloor({ folder, products, stock }: FloorOptions): Promise<Target> {
  mkdirSync(folder, { recursive: true })
  const productIds = fillFloor(folder, products, stock)
  const children: Child[] = []
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()))
  }
  const start = async (role: string, ...peers: string[]) => {
    const child = startChild(main, role, join(folder, `${role}.db`), ...peers)
    children.push(child)
    return { child, origin: await child.next<string>() }
  }
  try {
    const productos = await start('productos')
    const inventario = await start('inventario')
    const pedidos = await start('pedidos', productos.origin, inventario.origin)
    return {
      name: 'floor',
      origin: pedidos.origin,
      processes: Object.entries({ productos, inventario, pedidos }).map(([name, { child }]) => ({
        name,
        pid: child.pid,
      })),
      productIds,
      tokens: () => Promise.resolve([]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function fillFloor(folder: string, products: number, stock: number): string[] {
  const ids = Array.from({ length: products }, () => Bun.randomUUIDv7())
  const productos = openFloor(join(folder, 'productos.db'), schemas.productos)
  const inventario = openFloor(join(folder, 'inventario.db'), schemas.inventario)
  productos.transaction(() => {
    for (const id of ids) productos.run('INSERT INTO productos VALUES (?, 1999)', [id])
  })()
  inventario.transaction(() => {
    for (const id of ids) inventario.run('INSERT INTO existencias VALUES (?, ?, 0)', [id, stock])
  })()
  productos.close()
  inventario.close()
  return ids
}
