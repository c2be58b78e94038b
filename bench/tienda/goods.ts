import { type Client, unwrap } from '@encargo/client'

export interface Good {
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  /** In units of the currency, as a file says it. */
  readonly precio: string
  readonly categoria: string
  readonly cantidad: number
}

const things = [
  ['Café', 'Café'],
  ['Té', 'Infusiones'],
  ['Chocolate', 'Chocolate'],
  ['Taza', 'Cocina'],
  ['Cuenco', 'Cocina'],
  ['Manta', 'Textiles'],
  ['Bufanda', 'Textiles'],
  ['Lámpara', 'Hogar'],
  ['Vela', 'Hogar'],
  ['Cuaderno', 'Papelería'],
  ['Miel', 'Despensa'],
  ['Panela', 'Despensa'],
] as const
const kinds = ['de altura', 'del valle', 'de la costa', 'de autor', 'de diario', 'de fiesta']
const looks = ['claro', 'oscuro', 'suave', 'intenso', 'pequeño', 'grande', 'doble', 'sencillo']

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length]
  if (found === undefined) throw new TypeError('nothing to choose from')
  return found
}

/** `count` things for a shop, the same in every run, with names as long as real ones. */
export function goods(count: number): Good[] {
  return Array.from({ length: count }, (_, number) => {
    const [thing, categoria] = at(things, number)
    const kind = at(kinds, Math.floor(number / things.length))
    const look = at(looks, Math.floor(number / (things.length * kinds.length)))
    const nombre = `${thing} ${kind} ${look} ${String(number + 1).padStart(5, '0')}`
    return {
      sku: `ESC-${number + 1}`,
      nombre,
      descripcion: `${nombre}: hecho a mano en un taller pequeño.\nSe entrega en una caja de cartón que se puede volver a usar.`,
      precio: (3 + ((number * 37) % 9_000) / 100).toFixed(2),
      categoria,
      cantidad: number % 50,
    }
  })
}

/** Of one file; the services take no more than they say. */
const rowsAtOnce = 5_000

const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`

function csv<T extends object>(rows: readonly T[], columns: readonly (keyof T & string)[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(String(row[column]))).join(','))
  return [columns.join(','), ...lines].join('\r\n')
}

async function send(staff: Client, service: 'productos' | 'inventario', body: string) {
  const path = service === 'productos' ? '/productos/importacion' : '/inventario/importacion'
  const headers = { 'content-type': 'text/csv' }
  const answer = await staff.request(service, path, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`${service} took no goods: ${answer.problem.detail}`)
}

/** Puts them on the shelves, as staff does it: from a file. */
export async function fill(staff: Client, all: readonly Good[]): Promise<void> {
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const some = all.slice(from, from + rowsAtOnce)
    const products = csv(some, ['sku', 'nombre', 'descripcion', 'precio', 'categoria'])
    await send(staff, 'productos', products)
    const counts = some.map(({ sku, cantidad: fisico }) => ({ sku, fisico }))
    await send(staff, 'inventario', csv(counts, ['sku', 'fisico']))
  }
}

/** The id that a product got. */
export async function idOf(staff: Client, sku: string): Promise<string> {
  const { datos } = await unwrap(staff.productos.productos.get({ query: { skus: sku } }))
  const [found] = datos
  if (!found) throw new Error(`${sku} is not on the shelves`)
  return found.id
}
