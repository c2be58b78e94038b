import type { Escrito } from '../../propio/escrito.ts'
import type { Propio, TextosPropios } from '../../propio/propio.ts'
import type { Idioma } from '../../textos/tipo.ts'
import type { Contenido } from './carpeta.ts'
import { paginaDe } from './pagina.ts'
import { revisarTextos } from './textos.ts'

/** All that a shop has of its own. */
export interface DeLaTienda {
  /** What the pages' script has to know. */
  readonly propio: Propio
  readonly paginas: ReadonlyMap<string, Readonly<Record<Idioma, Escrito>>>
  /** By the path that each is served under. */
  readonly publico: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** What is left out, and why: a sentence each. */
  readonly reparos: readonly string[]
}

/** A file says what nobody understands. The message names it. */
export class Ilegible extends Error {
  override readonly name = 'Ilegible'
}

const idiomas = ['es', 'en'] as const
const textoDe = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function leerTextos(contenido: Contenido, idioma: Idioma) {
  const archivo = `textos/${idioma}.json`
  const bytes = contenido.get(archivo)
  if (bytes === undefined) return { textos: {} satisfies TextosPropios, reparos: [] }
  try {
    const { textos, reparos } = revisarTextos(textoDe(bytes))
    return { textos, reparos: reparos.map((uno) => `${archivo}: ${uno}`) }
  } catch (error) {
    throw new Ilegible(
      `${archivo} is not understood: ${error instanceof Error ? error.message : ''}`,
    )
  }
}

/** `envios.md` is for everybody, `envios.en.md` for those who read English. */
const nombrePagina = /^paginas\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(es|en))?\.md$/

/** In another language, where the shop wrote it in that one only. */
const enIdioma = (suya: ReadonlyMap<string, Escrito>, idioma: Idioma): Escrito =>
  suya.get(idioma) ?? suya.get('') ?? [...suya.values()][0] ?? { titulo: '', html: '' }

function leerPaginas(contenido: Contenido): DeLaTienda['paginas'] {
  const halladas = new Map<string, Map<string, Escrito>>()
  for (const [ruta, bytes] of contenido) {
    const [, nombre, idioma = ''] = nombrePagina.exec(ruta) ?? []
    if (nombre === undefined) continue
    const suya = halladas.get(nombre) ?? new Map<string, Escrito>()
    halladas.set(nombre, suya.set(idioma, paginaDe(nombre, textoDe(bytes))))
  }
  return new Map(
    [...halladas].map(([nombre, suya]) => [
      nombre,
      { es: enIdioma(suya, 'es'), en: enIdioma(suya, 'en') },
    ]),
  )
}

/** As a browser asks for it. */
const rutaPublica = (ruta: string) =>
  `/${ruta.split('/').slice(1).map(encodeURIComponent).join('/')}`

const conSitio = /^(?:textos\/(?:es|en)\.json|publico\/.+)$/

/** @throws Ilegible */
export function leerDeLaTienda(contenido: Contenido): DeLaTienda {
  const textos = idiomas.map((idioma) => [idioma, leerTextos(contenido, idioma)] as const)
  const paginas = leerPaginas(contenido)
  const deMas = [...contenido.keys()].filter(
    (ruta) => !conSitio.test(ruta) && !nombrePagina.test(ruta),
  )
  return {
    propio: {
      textos: Object.fromEntries(textos.map(([idioma, leidos]) => [idioma, leidos.textos])),
      paginas: [...paginas].map(([nombre, { es, en }]) => ({
        nombre,
        titulo: { es: es.titulo, en: en.titulo },
      })),
    },
    paginas,
    publico: new Map(
      [...contenido]
        .filter(([ruta]) => ruta.startsWith('publico/'))
        .map(([ruta, bytes]) => [rutaPublica(ruta), bytes]),
    ),
    reparos: [
      ...textos.flatMap(([, { reparos }]) => reparos),
      ...deMas.map(
        (ruta) =>
          `${ruta} is not served: there are paginas/<name>.md, textos/es.json, textos/en.json and publico/`,
      ),
    ],
  }
}
