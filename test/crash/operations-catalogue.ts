import { expect } from 'bun:test'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { operation, type Prepared } from './operation.ts'
import { type Answered, insist, newProduct } from './shop.ts'

async function create({ clients, staff: { headers } }: Lane, sku: string) {
  const body = { sku, nombre: 'Producto de una vez', precio: 700 }
  const answer = await clients.productos.productos.post(body, { headers })
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

const adding = operation<string, Answered | null>({
  title: 'adding a product',
  passes: { 'productos.store.crear': 1 },
  prepare: async () => `UNA-VEZ-${Bun.randomUUIDv7()}`,
  run: create,
  async finish(lane, sku) {
    expect([201, 409]).toContain((await insist(() => create(lane, sku))).status)
    expect(await lane.count('productos', 'productos', 'sku', sku)).toBe(1)
  },
})

const newPrice = 1999

async function reprice({ clients, staff: { headers } }: Lane, id: string) {
  const answer = await clients.productos.productos({ id }).patch({ precio: newPrice }, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

const repricing = operation<string, Answered | null>({
  title: 'changing a price',
  passes: { 'productos.store.editar': 1 },
  prepare: (lane) => newProduct(lane),
  run: reprice,
  async finish(lane, id) {
    expect((await insist(() => reprice(lane, id))).status).toBe(200)
    const { headers } = lane.staff
    const history = must(await lane.clients.productos.productos({ id }).precios.get({ headers }))
    expect(history.datos.map(({ precio }) => precio)).toEqual([newPrice, 1250])
  },
})

async function archive({ clients, staff: { headers } }: Lane, id: string) {
  const answer = await clients.productos.productos({ id }).delete({}, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

const archiving = operation<string, Answered | null>({
  title: 'archiving a product',
  passes: { 'productos.store.archivar': 1 },
  prepare: (lane) => newProduct(lane),
  run: archive,
  async finish(lane, id) {
    expect((await insist(() => archive(lane, id))).status).toBe(204)
    expect(must(await lane.clients.productos.productos({ id }).get()).activo).toBe(false)
  },
})

interface File {
  /** A product of which the file changes the price. */
  readonly id: string
  readonly csv: string
  readonly skus: readonly string[]
}

/** One row for a product that is there, and some for products that are not. */
async function newFile(lane: Lane): Promise<File> {
  const id = await newProduct(lane)
  const { sku } = must(await lane.clients.productos.productos({ id }).get())
  const skus = Array.from({ length: 5 }, () => `IMPORTADO-${Bun.randomUUIDv7()}`)
  const rows = [`${sku},Importado,19.99`, ...skus.map((one) => `${one},Importado,3`)]
  return { id, csv: ['sku,nombre,precio', ...rows].join('\n'), skus }
}

async function bringIn({ clients, staff }: Lane, { csv, id }: File) {
  const headers = { ...staff.headers, 'content-type': 'text/csv' }
  const answer = await clients.productos.productos.importacion.post(csv, { headers })
  return answer.response === undefined ? null : { status: answer.status, id }
}

const importing = operation<File, Answered | null>({
  title: 'importing a file of products',
  passes: { 'productos.store.importar': 1 },
  prepare: newFile,
  run: bringIn,
  async finish(lane, file) {
    const { id, skus } = file
    const there = async () => {
      const counts = skus.map((sku) => lane.count('productos', 'productos', 'sku', sku))
      return (await Promise.all(counts)).join('')
    }
    expect(['00000', '11111']).toContain(await there())
    expect((await insist(() => bringIn(lane, file))).status).toBe(200)
    expect(await there()).toBe('11111')
    const { headers } = lane.staff
    const history = must(await lane.clients.productos.productos({ id }).precios.get({ headers }))
    expect(history.datos.map(({ precio }) => precio)).toEqual([newPrice, 1250])
  },
})

export const productosOperations: readonly Prepared[] = [adding, repricing, archiving, importing]
