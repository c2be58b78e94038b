interface AddressSource {
  requestIP(request: Request): { readonly address: string } | null
}

const sources = new WeakMap<Request, AddressSource>()

/** Tells which server a request came in by; asking it for the address waits until somebody wants it. */
export function rememberServer(request: Request, server: AddressSource): void {
  sources.set(request, server)
}

/**
 * The address that the request's connection comes from; null for one that came by no connection.
 * An IPv4 address that an IPv6 socket took is given as IPv4 (RFC 4291, 2.5.5.2).
 */
export function remoteAddressOf(request: Request): string | null {
  const address = sources.get(request)?.requestIP(request)?.address
  return address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null
}
