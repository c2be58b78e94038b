import { isIP } from 'node:net'

export interface AddressSource {
  requestIP(request: Request): { readonly address: string } | null
}

const sources = new WeakMap<Request, AddressSource>()

/** The addresses that the proxies on the way wrote down, each behind what it got (RFC 7239, 1). */
const forwardedFor = 'x-forwarded-for'

/**
 * The addresses of a service behind one reverse proxy that we trust: what the proxy itself added,
 * which is the last of `X-Forwarded-For`. All before it is the caller's word and may be invented.
 */
export function behindProxy(server: AddressSource): AddressSource {
  return {
    requestIP(request) {
      const last = request.headers.get(forwardedFor)?.split(',').at(-1)?.trim() ?? ''
      return isIP(last) === 0 ? server.requestIP(request) : { address: last }
    },
  }
}

/** Tells which server a request came in by; asking it for the address waits until somebody wants it. */
export function rememberServer(request: Request, server: AddressSource): void {
  sources.set(request, server)
}

/** Whether a server of ours took the request from a connection and parsed it; false in one process. */
export function cameByConnection(request: Request): boolean {
  return sources.has(request)
}

/**
 * The address that the request's connection comes from; null for one that came by no connection.
 * An IPv4 address that an IPv6 socket took is given as IPv4 (RFC 4291, 2.5.5.2).
 */
export function remoteAddressOf(request: Request): string | null {
  const address = sources.get(request)?.requestIP(request)?.address
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null
}
