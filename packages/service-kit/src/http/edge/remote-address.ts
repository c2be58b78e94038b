import { isIP } from 'node:net'
import type { Arrivals } from './arrivals.ts'
import type { TrustedProxies } from '../../values/trusted-proxies.ts'

export interface AddressSource {
  requestIP(request: Request): { readonly address: string } | null
  /** Whether the request's connection comes from a reverse proxy that we trust; false if it can't. */
  trusts?(request: Request): boolean
  /** The bodies that are on their way to this server. */
  readonly arrivals?: Arrivals
}

const sources = new WeakMap<Request, AddressSource>()

/** The addresses that the proxies on the way wrote down, each behind what it got (RFC 7239, 1). */
const forwardedFor = 'x-forwarded-for'

/** An IPv4 address that an IPv6 socket took, as IPv4 (RFC 4291, 2.5.5.2). */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

/**
 * The addresses of a service behind one reverse proxy that we trust: what the proxy itself added,
 * which is the last of `X-Forwarded-For`. All before it is the caller's word and may be invented,
 * and so is all of it on a connection from somebody else.
 */
export function behindProxy(server: AddressSource, trusted: TrustedProxies): AddressSource {
  const trusts = (request: Request) => {
    const from = server.requestIP(request)
    return from !== null && trusted(plain(from.address))
  }
  return {
    ...server,
    trusts,
    requestIP(request) {
      const from = server.requestIP(request)
      if (!trusts(request)) return from
      const last = request.headers.get(forwardedFor)?.split(',').at(-1)?.trim() ?? ''
      return isIP(last) === 0 ? from : { address: last }
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

/** The bodies that are on their way to the server that took the request; none in one process. */
export function arrivalsOf(request: Request): Arrivals | undefined {
  return sources.get(request)?.arrivals
}

/** Whether a reverse proxy that we trust passed the request on, so that its word on it counts. */
export function cameByTrustedProxy(request: Request): boolean {
  return sources.get(request)?.trusts?.(request) ?? false
}

/** The address that the request comes from; null for one that came by no connection. */
export function remoteAddressOf(request: Request): string | null {
  const address = sources.get(request)?.requestIP(request)?.address
  return address === undefined ? null : plain(address)
}
