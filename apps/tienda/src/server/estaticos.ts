import { chooseEncoding, encodedTag } from '@encargo/service-kit/http/edge/encodings'
import { ifNoneMatchHits } from '@encargo/service-kit/http/versions'
import { cabecerasPagina } from './cabeceras.ts'
import type { Archivo, Construccion } from './construccion.ts'
import { idiomaPedido } from './idioma-pedido.ts'
import { precargasDe } from './precargas.ts'

type Codificacion = 'br' | 'gzip' | undefined

/** The best encoding that the browser takes and that we have. */
function codificacionDe(request: Request, archivo: Archivo): Codificacion {
  const hay = (['br', 'gzip'] as const).filter((una) =>
    una === 'br' ? archivo.brotli : archivo.gzip,
  )
  return chooseEncoding(request.headers.get('accept-encoding'), hay)
}

function bytesDe(archivo: Archivo, codificacion: Codificacion): Uint8Array<ArrayBuffer> {
  const comprimido = codificacion === 'br' ? archivo.brotli : archivo.gzip
  return codificacion === undefined ? archivo.identidad : (comprimido ?? archivo.identidad)
}

function servir(
  request: Request,
  archivo: Archivo,
  propias: Record<string, string> = {},
): Response {
  const codificacion = codificacionDe(request, archivo)
  const { etag } = archivo
  const headers: Record<string, string> = {
    ...cabecerasPagina,
    ...(archivo.politica === undefined ? {} : { 'content-security-policy': archivo.politica }),
    'content-type': archivo.tipo,
    'cache-control': archivo.inmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: codificacion === undefined ? etag : encodedTag(etag, codificacion),
    vary: 'accept-encoding',
    ...propias,
  }
  if (ifNoneMatchHits(request.headers.get('if-none-match') ?? undefined, etag)) {
    return new Response(null, { status: 304, headers })
  }
  if (codificacion !== undefined) headers['content-encoding'] = codificacion
  const bytes = bytesDe(archivo, codificacion)
  headers['content-length'] = String(bytes.length)
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

/** No page is here: files, which one of before may still ask for, and what programs look for (RFC 8615). */
const sinPaginas = ['/recursos/', '/.well-known/']

/**
 * A built file, or for any other path the page itself: which page that is, its own router says.
 * Undefined where neither is.
 */
export function servirEstatico(request: Request, construccion: Construccion): Response | undefined {
  const url = new URL(request.url)
  const { archivos, propias, politica } = construccion
  const archivo = archivos.get(url.pathname)
  if (archivo) return servir(request, archivo)
  if (sinPaginas.some((inicio) => url.pathname.startsWith(inicio))) return undefined
  const paginas = propias?.get(url.pathname) ?? construccion.paginas
  // A page of the shop's own is asked for in the language that somebody chose.
  const pedido = paginas === construccion.paginas ? null : url.searchParams.get('idioma')
  const idioma = idiomaPedido(pedido ?? request.headers.get('accept-language'), construccion.idioma)
  const link = precargasDe(url, construccion, idioma)
  return servir(request, paginas[idioma], {
    vary: 'accept-encoding, accept-language',
    'content-language': idioma,
    'content-security-policy': politica,
    // Whoever has such an address gets at somebody's order: no search engine is to give it away.
    ...(url.pathname.startsWith('/seguimiento/')
      ? { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' }
      : {}),
    ...(link === undefined ? {} : { link }),
  })
}
