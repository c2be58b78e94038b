import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openFloor } from '../floor/commit.ts'
import { schemas } from '../floor/pipeline.ts'
import { type Child, startChild } from '../child.ts'
import type { FloorName, Measured, Target } from './target.ts'

export interface FloorOptions {
  readonly name: FloorName
  /** For its three databases. */
  readonly folder: string
  readonly products: number
  /** Units of each product. */
  readonly stock: number
}

const main = join(import.meta.dir, '..', 'floor', 'main.ts')

/** Starts the floor, three processes or one, stocked. Ends what it started when one can't start. */
export async function startFloor(options: FloorOptions): Promise<Target> {
  const { name, folder, products, stock } = options
  mkdirSync(folder, { recursive: true })
  const productIds = fillFloor(folder, products, stock)
  const children: Child[] = []
  const processes: Measured[] = []
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()))
  }
  const start = async (role: string, ...more: string[]) => {
    const child = startChild(main, role, ...more)
    children.push(child)
    processes.push({ name: role, pid: child.pid })
    return await child.next<string>()
  }
  const startThree = async () => {
    const productos = await start('productos', join(folder, 'productos.db'))
    const inventario = await start('inventario', join(folder, 'inventario.db'))
    return await start('pedidos', join(folder, 'pedidos.db'), productos, inventario)
  }
  try {
    return {
      name,
      origins: [await (name === 'floor' ? startThree() : start('juntos', folder))],
      processes,
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
