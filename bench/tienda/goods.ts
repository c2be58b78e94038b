import { type Client, unwrap } from '@encargo/client'

export interface Good {
  readonly sku: string
  readonly nombre: string
  readonly descripcion: string
  readonly precio: number
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
      precio: 300 + ((number * 37) % 9_000),
      categoria,
      cantidad: number % 50,
    }
  })
}

/** How many requests are under way at the same time. */
const together = 24

/** Puts them on the shelves, through the services' own HTTP interface; answers their ids. */
export async function fill(staff: Client, all: readonly Good[]): Promise<string[]> {
  const ids: string[] = []
  let next = 0
  const work = async () => {
    for (let good = all[next++]; good; good = all[next++]) {
      const { cantidad, ...product } = good
      const { id } = await unwrap(staff.productos.productos.post(product))
      await unwrap(staff.inventario.inventario.post({ productoId: id, cantidad }))
      ids.push(id)
    }
  }
  await Promise.all(Array.from({ length: together }, work))
  return ids
}
