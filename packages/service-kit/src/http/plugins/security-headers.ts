import { Elysia } from 'elysia'

/**
 * What every answer says to browsers. An answer of the API is data: nothing in it may run, be
 * framed, be taken for another type, or be drawn into another site's page. A page with scripts
 * of its own sets its own policy. `Strict-Transport-Security` is for whoever ends TLS to say
 * (RFC 6797, 7.2 forbids it over plain HTTP, which is what the services speak).
 */
export const securityHeaders = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/**
 * Adds them, and keeps answers to somebody in particular out of every cache; a route that knows
 * better sets its own `cache-control`.
 *
 * @example app.use(securityHeadersPlugin)
 */
export const securityHeadersPlugin = new Elysia({ name: 'encargo/security-headers' })
  .headers(securityHeaders)
  .onRequest(({ request, set }) => {
    if (request.headers.has('authorization')) set.headers['cache-control'] = 'no-store'
  })
