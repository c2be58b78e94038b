import { cabecerasPagina } from './cabeceras.ts'
import type { Archivo, Construccion } from './construccion.ts'
import { precargasDe } from './precargas.ts'

type Codificacion = 'br' | 'gzip' | undefined

/** The best encoding that the browser takes (RFC 9110, 12.5.3) and that we have. */
function codificacionDe(request: Request, archivo: Archivo): Codificacion {
  const acepta = (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .map((parte) => parte.trim().replaceAll(/\s/g, ''))
    .filter((parte) => !/;q=0(?:\.0+)?$/.test(parte))
    .map((parte) => parte.split(';')[0])
  if (archivo.brotli && acepta.includes('br')) return 'br'
  if (archivo.gzip && acepta.includes('gzip')) return 'gzip'
  return undefined
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
  const headers: Record<string, string> = {
    ...cabecerasPagina,
    ...propias,
    'content-type': archivo.tipo,
    'cache-control': archivo.inmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: archivo.etag,
    vary: 'accept-encoding',
  }
  if (request.headers.get('if-none-match')?.includes(archivo.etag)) {
    return new Response(null, { status: 304, headers })
  }
  const codificacion = codificacionDe(request, archivo)
  if (codificacion !== undefined) headers['content-encoding'] = codificacion
  const bytes = bytesDe(archivo, codificacion)
  headers['content-length'] = String(bytes.length)
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

/**
 * A built file, or for any other path the page itself: which page that is, its own router says.
 * Undefined for a file that is not there, which a page of before may still ask for.
 */
export function servirEstatico(request: Request, construccion: Construccion): Response | undefined {
  const url = new URL(request.url)
  const { archivos, pagina, politica, modulos } = construccion
  const archivo = archivos.get(url.pathname)
  if (archivo) return servir(request, archivo)
  if (url.pathname.startsWith('/recursos/')) return undefined
  const link = precargasDe(url, modulos)
  return servir(request, pagina, {
    'content-security-policy': politica,
    ...(link === undefined ? {} : { link }),
  })
}
