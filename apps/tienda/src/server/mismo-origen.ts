import { cameByTrustedProxy } from '@encargo/service-kit/remote-address'

/**
 * Whether a request that acts comes from our own pages. `SameSite=Strict` already keeps the cookie
 * from other sites; this also keeps out other hosts of the same site. A browser always says
 * `Origin` with such a request (Fetch, 3.2), so one without it is none of ours.
 */
export function esDelMismoOrigen(request: Request): boolean {
  const sitio = request.headers.get('sec-fetch-site')
  if (sitio !== null && sitio !== 'same-origin') return false
  const origen = request.headers.get('origin')
  const host = request.headers.get('host')
  if (origen === null || host === null || !URL.canParse(origen)) return false
  // The scheme may differ: who ends TLS in front of us speaks plain HTTP with us.
  return new URL(origen).host === host
}

/** Whether the browser spoke HTTPS, to us or to the proxy that we trust. */
export function esSeguro(request: Request): boolean {
  if (new URL(request.url).protocol === 'https:') return true
  return cameByTrustedProxy(request) && request.headers.get('x-forwarded-proto') === 'https'
}
