import { ifNoneMatchHits } from './versions.ts'

interface Answered {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly set: { readonly headers: Readonly<Record<string, unknown>> }
}

/**
 * Answers 304 without a body to whoever has what the handler tagged (RFC 9110, 15.4.5). A hook and
 * not a declared response, as a typed caller that sends no condition never meets it.
 *
 * @example app.get('/x/:id', handler, { headers: ConIfNoneMatch, mapResponse: notModified })
 */
export function notModified({ headers, set }: Answered): Response | undefined {
  const { etag } = set.headers
  if (typeof etag !== 'string' || !ifNoneMatchHits(headers['if-none-match'], etag)) return undefined
  const answer = new Headers()
  for (const [name, value] of Object.entries(set.headers)) answer.set(name, String(value))
  return new Response(null, { status: 304, headers: answer })
}
