export const ordenes = ['relevancia', 'nombre', 'precio', '-precio', '-creadoEn'] as const
export type Orden = (typeof ordenes)[number]

/** The order that a list has when nobody chose one. */
export const ordenUsual = (q: string | undefined): Orden =>
  q === undefined ? 'nombre' : 'relevancia'

/** The orders to choose from: what answers best is told by words. */
export const ordenesDe = (q: string | undefined) =>
  ordenes.filter((uno) => uno !== 'relevancia' || q !== undefined)

/** What the catalogue shows, as its address says it. Prices in minor units. */
export interface Filtros {
  readonly q?: string
  readonly categoria?: string
  readonly precioMin?: number
  readonly precioMax?: number
  readonly orden?: Orden
}

const texto = (valor: unknown, maximo: number): string | undefined => {
  // An address such as ?q=2024 arrives as a number.
  const leido = typeof valor === 'number' ? String(valor) : valor
  if (typeof leido !== 'string') return undefined
  return leido.trim() === '' ? undefined : leido.slice(0, maximo)
}

const precio = (valor: unknown): number | undefined =>
  typeof valor === 'number' && Number.isSafeInteger(valor) && valor >= 0 && valor <= 1e12
    ? valor
    : undefined

/** The filters in an address that anybody may have written; what is no filter is left out. */
export function leerFiltros(busqueda: Readonly<Record<string, unknown>>): Filtros {
  const q = texto(busqueda['q'], 200)
  const categoria = texto(busqueda['categoria'], 100)
  const precioMin = precio(busqueda['precioMin'])
  const precioMax = precio(busqueda['precioMax'])
  const orden = ordenes.find((uno) => uno === busqueda['orden'])
  return {
    ...(q === undefined ? {} : { q }),
    ...(categoria === undefined ? {} : { categoria }),
    ...(precioMin === undefined ? {} : { precioMin }),
    ...(precioMax === undefined ? {} : { precioMax }),
    ...(orden === undefined || orden === ordenUsual(q) || !ordenesDe(q).includes(orden)
      ? {}
      : { orden }),
  }
}
