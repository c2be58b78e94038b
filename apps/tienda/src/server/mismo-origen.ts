import { cameByTrustedProxy } from '@encargo/service-kit/http/edge/remote-address'

/**
 * Whether a request that acts comes from our own pages. `SameSite=Strict` already keeps the cookie
 * from other sites; this also keeps out other hosts of the same site. A browser always says
 * `Origin` with such a request (Fetch, 3.2), so one without it is none of ours.
 */
export function esDelMismoOrigen(request: Request): boolean {
  const sitio = request.headers.get('sec-fetch-site')
  if (sitio !== null && sitio !== 'same-origin') return false
  const origen = URL.parse(request.headers.get('origin') ?? '')
  if (origen === null) return false
  // The scheme may differ: who ends TLS in front of us speaks plain HTTP with us.
  return nombres(request).some(
    (nombre) => URL.parse(`${origen.protocol}//${nombre}`)?.host === origen.host,
  )
}

/** A header of proxies, each of which may have added to what it got. */
const lista = (request: Request, nombre: string) =>
  (request.headers.get(nombre) ?? '').split(',').map((uno) => uno.trim())

/**
 * What the browser may have called us: `Host`, and what a proxy that we trust says it was before. No
 * page of another origin can have a browser send that.
 */
function nombres(request: Request): readonly string[] {
  const host = request.headers.get('host') ?? ''
  return cameByTrustedProxy(request) ? [host, ...lista(request, 'x-forwarded-host')] : [host]
}

/** Whether the browser spoke HTTPS, to us or to the first proxy before one that we trust. */
export function esSeguro(request: Request): boolean {
  if (new URL(request.url).protocol === 'https:') return true
  return cameByTrustedProxy(request) && lista(request, 'x-forwarded-proto')[0] === 'https'
}
