/** The token of an `Authorization: Bearer` header (RFC 6750, 2.1), or undefined where it is none. */
export function bearerOf(header: string | null): string | undefined {
  return header === null ? undefined : /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1]
}
