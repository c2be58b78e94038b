import { join, posix } from 'node:path'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { promisify } from 'node:util'
import tailwind from 'bun-plugin-tailwind'
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
}

/** The built front end: its files by path, and the page that starts it. */
export interface Construccion {
  readonly archivos: ReadonlyMap<string, Archivo>
  readonly pagina: Archivo
  /** The `Content-Security-Policy` of the page. */
  readonly politica: string
  readonly modulos: Modulos
}

export interface ConstruirOptions {
  /** Readable, and built in a moment. */
  readonly desarrollo: boolean
  /** Origins other than our own whose pictures the page may show. */
  readonly origenesImagen: readonly string[]
}

const pagina = join(import.meta.dir, '..', 'index.html')
const rutaPagina = '/index.html'
const comprimible = /^(?:text\/|application\/(?:javascript|json)|image\/svg)/
const comprimirGzip = promisify(gzip)
const comprimirBrotli = promisify(brotliCompress)

async function archivo(
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

/** The page is told in a `meta` whose pictures it may show, as it runs no script inline. */
function conImagenes(bytes: Uint8Array<ArrayBuffer>, origenes: readonly string[]) {
  if (origenes.length === 0) return bytes
  const meta = `<meta name="imagenes" content="${Bun.escapeHTML(origenes.join(' '))}" />`
  const html = new TextDecoder().decode(bytes)
  return new TextEncoder().encode(html.replace('</head>', () => `${meta}</head>`))
}

const tipoDe = (artefacto: { path: string; type: string }) =>
  artefacto.path.endsWith('.js') ? 'text/javascript;charset=utf-8' : artefacto.type

/**
 * Bundles the front end into memory: split by page, minified and compressed for production,
 * readable for development.
 * @throws AggregateError with what the bundler has against the sources
 */
export async function construir(options: ConstruirOptions): Promise<Construccion> {
  const { desarrollo, origenesImagen } = options
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
    const contenido = new Uint8Array(await salida.arrayBuffer())
    const bytes = inmutable ? contenido : conImagenes(contenido, origenesImagen)
    return [ruta, await archivo(bytes, { tipo: tipoDe(salida), inmutable, comprimir: !desarrollo })]
  })
  const archivos = new Map(await Promise.all(hechos))
  const inicio = archivos.get(rutaPagina)
  if (!inicio || !metafile) throw new Error('the bundler made no page')
  archivos.delete(rutaPagina)
  const politica = politicaDe(origenesImagen)
  return { archivos, pagina: inicio, politica, modulos: modulosDe(metafile) }
}
