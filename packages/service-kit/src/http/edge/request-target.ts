import { problemError } from '../problems.ts'

/** A name of any length, an IPv4 address, or an IPv6 address in brackets, and a port (RFC 9110, 7.2). */
const hostFormat = /^(?:[a-z0-9._~-]+|\[[0-9a-f:.]+\])(?::\d*)?$/i

/** Hosts that were found to be good: nearly every request names the same few. */
const known = new Set<string>()
const maxKnown = 100

function isHost(host: string): boolean {
  if (known.has(host)) return true
  if (!hostFormat.test(host) || !URL.canParse(`http://${host}`)) return false
  if (known.size >= maxKnown) known.clear()
  known.add(host)
  return true
}

function refusal(detail: string) {
  return problemError('peticion-invalida', { detail }, { connection: 'close' })
}

/**
 * The request, sure to have a URL of a host, a path and a query, which therefore everybody after
 * this reads alike: the limits, the router and the logs. Bun itself answers 400 to HTTP/1.1 without
 * `Host`; HTTP/1.0 may leave it out, and then is taken to mean the address that it came to.
 *
 * @param origin where the server listens
 * @throws ProblemError 400 for a `Host` that is empty, several or no host (RFC 9112, 3.2), and for a
 * target with a fragment or without a path
 */
export function requestWithTarget(request: Request, origin: string): Request {
  const host = request.headers.get('host')
  if (host === null) return new Request(new URL(request.url, origin).href, request)
  if (!isHost(host)) {
    throw refusal(`La cabecera Host (${JSON.stringify(host)}) no nombra un servidor.`)
  }
  const { url } = request
  if (url.startsWith('http://') && !url.includes('#')) return request
  throw refusal('La petición no nombra una ruta que empiece con / y no lleve #.')
}
