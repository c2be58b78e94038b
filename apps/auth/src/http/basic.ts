/** A client and its secret, as they came in a header. */
export interface CredencialesBasic {
  readonly clientId: string
  readonly clientSecret: string
}

/** RFC 6749, appendix B: a form's encoding, in which `+` is a space. Throws a URIError. */
const fromForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

/**
 * The client of an `Authorization: Basic` header (RFC 6749, 2.3.1; RFC 7617): both parts are form
 * encoded before they are joined, so a colon in them is no separator. Undefined when the header is
 * of another scheme, null when it is of this one and can't be read.
 */
export function basicOf(header: string | null): CredencialesBasic | null | undefined {
  if (header === null || !/^Basic(?: |$)/i.test(header)) return undefined
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1]
  if (encoded === undefined) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'))
    const colon = text.indexOf(':')
    if (colon === -1) return null
    const clientId = fromForm(text.slice(0, colon))
    if (clientId.includes('\0')) return null
    return { clientId, clientSecret: fromForm(text.slice(colon + 1)) }
  } catch {
    return null
  }
}
