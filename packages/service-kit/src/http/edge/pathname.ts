/**
 * The path of a request's URL as it came, without the query; cheaper than parsing all of it. Of a
 * request without a good `Host`, Bun's URL is the path and the query alone.
 */
export function pathnameOf({ url }: Request): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('?', start)
  return start < 0 ? '/' : url.slice(start, end < 0 ? undefined : end)
}

/** Three parts of a signed token between slashes: whoever knows them may do what they let. */
const signed = /(?<=\/)[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}(?=\/|$)/g

/** The path as logs may have it: a link that somebody holds is theirs alone. */
export const loggedPath = (request: Request): string =>
  pathnameOf(request).replace(signed, ':token')
