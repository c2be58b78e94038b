import { Elysia } from 'elysia'

/** What a browser's page may send beyond the headers that are always allowed. */
const requestHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'traceparent',
  'tracestate',
  'x-deadline-ms',
]

/** What a browser's page may read beyond the headers that are always readable. */
const readableHeaders = [
  'ETag',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
  'Idempotency-Replayed',
]

/** What a page of a known origin is told before it calls. */
export const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': requestHeaders.join(', '),
  'access-control-max-age': '600',
}

/** What a page of one of `allowed` is told with every answer; undefined for all others. */
export function corsHeaders(request: Request, allowed: ReadonlySet<string>) {
  const origin = request.headers.get('origin')
  if (origin === null || !allowed.has(origin)) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': readableHeaders.join(', '),
  }
}

/**
 * Lets the pages of the given origins call (Fetch Standard, CORS protocol) and tells every other
 * origin nothing at all. A configured origin is compared whole, never reflected by pattern.
 *
 * @example app.use(cors(['https://shop.example']))
 */
export const cors = (origins: readonly string[]) => {
  const allowed = new Set(origins)
  return new Elysia({ name: 'encargo/cors', seed: crypto.randomUUID() }).onRequest(
    ({ request, set }) => {
      // Whoever serves the app may compress what it answers.
      set.headers.vary = 'Origin, Accept-Encoding'
      const known = corsHeaders(request, allowed)
      if (known) Object.assign(set.headers, known, { 'access-control-allow-credentials': 'true' })
      if (request.method !== 'OPTIONS') return
      return new Response(null, { status: 204, ...(known ? { headers: preflightHeaders } : {}) })
    },
  )
}
