/** Without what is undefined, which is no filter. */
export const definidos = <T extends object>(todos: T) =>
  Object.fromEntries(Object.entries(todos).filter(([, uno]) => uno !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

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
  const otros = ordenesDe(q).filter((uno) => uno !== ordenUsual(q))
  return definidos({
    q,
    categoria: texto(busqueda['categoria'], 100),
    precioMin: precio(busqueda['precioMin']),
    precioMax: precio(busqueda['precioMax']),
    orden: otros.find((uno) => uno === busqueda['orden']),
  })
}
