/** The part of a token (RFC 7519) that says whose it is; it may hold any letter, as UTF-8. */
function claimsOf(token: string): unknown {
  const part = token.split('.')[1] ?? ''
  const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (one) => one.charCodeAt(0))))
}

/**
 * Whom an access token speaks for and as what: the same for all tokens that are told the same
 * things. Undefined for a token that does not say. It names, and proves nothing.
 */
export function subjectOf(token: string): string | undefined {
  try {
    const claims = claimsOf(token)
    if (typeof claims !== 'object' || claims === null) return undefined
    const [sub, rol]: unknown[] = [Reflect.get(claims, 'sub'), Reflect.get(claims, 'rol')]
    return typeof sub === 'string' ? `${sub}:${String(rol)}` : undefined
  } catch {
    return undefined
  }
}
