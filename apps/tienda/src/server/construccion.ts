import { join, posix } from 'node:path'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { promisify } from 'node:util'
import type { Idioma } from '../textos/tipo.ts'
import { politicaDe } from './cabeceras.ts'
import { type Modulos, modulosDe } from './modulos.ts'

/** One built file, as it is and compressed. */
export interface Archivo {
  readonly tipo: string
  readonly etag: string
  /** The name holds a hash of the content, so it never changes. */
  readonly inmutable: boolean
  readonly identidad: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer> | undefined
  readonly brotli: Uint8Array<ArrayBuffer> | undefined
  /** Its `Content-Security-Policy`, where it is not that of our own. */
  readonly politica?: string
}

/** The built front end: its files by path, and the page that starts it. */
export interface Construccion {
  readonly archivos: ReadonlyMap<string, Archivo>
  /** By the language that it is in until its script has the texts. */
  readonly paginas: Readonly<Record<Idioma, Archivo>>
  /** The same, with what the shop wrote in it, by path; see `propio/`. */
  readonly propias?: ReadonlyMap<string, Readonly<Record<Idioma, Archivo>>>
  /** For whoever reads none of them. */
  readonly idioma: Idioma
  /** The picture of the front page's banner. */
  readonly portada?: string | undefined
  /** The `Content-Security-Policy` of the page. */
  readonly politica: string
  readonly modulos: Modulos
}

interface ConstruirOptions {
  /** Readable, and built in a moment. */
  readonly desarrollo: boolean
}

/** What was built, and the sources that went into it: their paths from the folder where it ran. */
interface Hecha {
  readonly construccion: Construccion
  readonly fuentes: readonly string[]
}

const pagina = join(import.meta.dir, '..', 'index.html')
const rutaPagina = '/index.html'
const comprimible = /^(?:text\/|application\/(?:javascript|json)|image\/svg)/
const comprimirGzip = promisify(gzip)
const comprimirBrotli = promisify(brotliCompress)

export async function archivo(
  bytes: Uint8Array<ArrayBuffer>,
  opciones: {
    tipo: string
    inmutable: boolean
    comprimir: boolean
  },
): Promise<Archivo> {
  const { tipo, inmutable } = opciones
  const vale = opciones.comprimir && comprimible.test(tipo) && bytes.length > 512
  const [conGzip, conBrotli] = vale
    ? await Promise.all([
        comprimirGzip(bytes, { level: 9 }),
        comprimirBrotli(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 10,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        }),
      ])
    : [undefined, undefined]
  return {
    tipo,
    inmutable,
    etag: `"${Bun.hash(bytes).toString(36)}"`,
    identidad: bytes,
    gzip: conGzip && new Uint8Array(conGzip),
    brotli: conBrotli && new Uint8Array(conBrotli),
  }
}

/** A page after `retoque` of its text. */
export async function retocada(
  { tipo, inmutable, identidad, gzip }: Archivo,
  retoque: (html: string) => string,
): Promise<Archivo> {
  const bytes = new TextEncoder().encode(retoque(new TextDecoder().decode(identidad)))
  return await archivo(bytes, { tipo, inmutable, comprimir: gzip !== undefined })
}

/** The page in each language, with `etiqueta` in its head. */
export async function conEnCabeza(
  { paginas }: Construccion,
  etiqueta: string,
): Promise<Construccion['paginas']> {
  const retoque = (html: string) => html.replace('</head>', () => `${etiqueta}</head>`)
  const [es, en] = await Promise.all([retocada(paginas.es, retoque), retocada(paginas.en, retoque)])
  return { es, en }
}

/** What the page says by itself, in the words that stand in it and in English. */
const enIngles = [
  ['lang="es"', 'lang="en"'],
  ['content="Catálogo, cesta y pedidos."', 'content="Catalogue, basket and orders."'],
  ['<title>Tienda</title>', '<title>Shop</title>'],
  ['          Tienda\n', '          Shop\n'],
  [
    'Esta tienda necesita JavaScript. Actívalo y vuelve a cargar la página.',
    'This shop needs JavaScript. Turn it on and load the page again.',
  ],
] as const

const traducida = (html: string) =>
  enIngles.reduce((texto, [es, en]) => {
    if (!texto.includes(es)) throw new Error(`the page no longer says: ${es}`)
    return texto.replace(es, en)
  }, html)

/**
 * The page is told in a `meta` whose pictures it may show beside our own, as it runs no script
 * inline; its policy lets them through.
 */
export async function conImagenes(
  construccion: Construccion,
  origenes: readonly string[],
): Promise<Construccion> {
  if (origenes.length === 0) return construccion
  const meta = `<meta name="imagenes" content="${Bun.escapeHTML(origenes.join(' '))}" />`
  const paginas = await conEnCabeza(construccion, meta)
  return { ...construccion, paginas, politica: politicaDe(origenes) }
}

const tipoDe = (artefacto: { path: string; type: string }) =>
  artefacto.path.endsWith('.js') ? 'text/javascript;charset=utf-8' : artefacto.type

/**
 * Bundles the front end into memory: split by page, minified and compressed for production,
 * readable for development.
 * @throws AggregateError with what the bundler has against the sources
 */
export async function construir({ desarrollo }: ConstruirOptions): Promise<Hecha> {
  // It brings a compiler along, which who was built beforehand does without.
  const { default: tailwind } = await import('bun-plugin-tailwind')
  const { outputs, metafile } = await Bun.build({
    entrypoints: [pagina],
    target: 'browser',
    splitting: true,
    minify: !desarrollo,
    sourcemap: desarrollo ? 'inline' : 'none',
    publicPath: '/',
    metafile: true,
    naming: {
      entry: '[name].[ext]',
      chunk: 'recursos/[name]-[hash].[ext]',
      asset: 'recursos/[name]-[hash].[ext]',
    },
    define: { 'process.env.NODE_ENV': desarrollo ? '"development"' : '"production"' },
    plugins: [tailwind],
  })
  const hechos = outputs.map(async (salida): Promise<[string, Archivo]> => {
    const ruta = posix.join('/', salida.path)
    const inmutable = ruta !== rutaPagina
    const bytes = new Uint8Array(await salida.arrayBuffer())
    return [ruta, await archivo(bytes, { tipo: tipoDe(salida), inmutable, comprimir: !desarrollo })]
  })
  const archivos = new Map(await Promise.all(hechos))
  const inicio = archivos.get(rutaPagina)
  if (!inicio || !metafile) throw new Error('the bundler made no page')
  archivos.delete(rutaPagina)
  const construccion = {
    archivos,
    paginas: { es: inicio, en: await retocada(inicio, traducida) },
    idioma: 'es' as const,
    politica: politicaDe([]),
    modulos: modulosDe(metafile),
  }
  const fuentes = Object.keys(metafile.inputs).filter((una) => !una.includes('node_modules/'))
  return { construccion, fuentes }
}
