import type { Idioma, Textos } from '../textos/tipo.ts'

/** The shop's own texts of one language, by the path of what each stands for, such as `nav.cesta`. */
export type TextosPropios = Readonly<Record<string, string>>

/** What is written into every page of a shop that has something of its own. */
export interface Propio {
  readonly textos: Partial<Readonly<Record<Idioma, TextosPropios>>>
  /** The titles of its own pages, by name and language, in the order in which they are linked. */
  readonly paginas: readonly TituloPropio[]
}

export interface TituloPropio {
  readonly nombre: string
  readonly titulo: Readonly<Record<Idioma, string>>
}

export const sinPropio: Propio = { textos: {}, paginas: [] }

/** A text that holds values has them as {1}, {2}, in the order in which ours has them. */
const conValores =
  (texto: string) =>
  (...valores: readonly unknown[]) =>
    texto.replaceAll(/\{(\d)\}/g, (todo, cual) => String(valores[Number(cual) - 1] ?? todo))

function puesto(en: unknown, ruta: string, texto: string): object {
  const miembros = Object(en)
  // The name of an event has a point of its own.
  const punto = Object.hasOwn(miembros, ruta) ? -1 : ruta.indexOf('.')
  const clave = punto < 0 ? ruta : ruta.slice(0, punto)
  const antes: unknown = Reflect.get(miembros, clave)
  const propio = typeof antes === 'function' ? conValores(texto) : texto
  return { ...miembros, [clave]: punto < 0 ? propio : puesto(antes, ruta.slice(punto + 1), texto) }
}

/** Our texts with the shop's own in their places. The server has let none through that has no place. */
export function conPropios(textos: Textos, propios: TextosPropios | undefined): Textos {
  const pares = Object.entries(propios ?? {})
  const hecho = pares.reduce<object>((en, [ruta, texto]) => puesto(en, ruta, texto), textos)
  return hecho as Textos
}
