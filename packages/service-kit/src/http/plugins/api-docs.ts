import { openapi } from '@elysiajs/openapi'
import { inProgram } from '@encargo/program'
import { file } from 'bun'
import { Elysia } from 'elysia'
import swaggerUi from 'swagger-ui-dist/package.json'
import { globalRoutes } from '../repairs/global-routes.ts'
import { asServed, type Document } from '../openapi/document.ts'

export interface ApiDocsOptions {
  readonly name: string
  /** One sentence for the top of the page. */
  readonly description: string
}

/** Under the library's version, so that what a browser keeps for a year is never stale. */
const assets = `openapi/${swaggerUi.version}`
const kept = { 'cache-control': 'public, max-age=31536000, immutable' }
const hidden = { detail: { hide: true, 'x-acceso': 'publico' } }

/** Scripts and data come from this very service; the policy makes anything else fail. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Addresses are relative, so that the page also works behind a prefix. */
const page = (title: string) => `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${assets}/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${assets}/swagger-ui-bundle.js"></script>
    <script src="${assets}/start.js"></script>
  </body>
</html>
`

/** `validatorUrl: null` keeps the page from sending the document to a validator elsewhere. */
const start =
  "SwaggerUIBundle({ url: 'openapi/json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null })\n"

/** A file of the library, found only when somebody asks for it. */
function asset(name: string, type: string): Response {
  const path = inProgram(`node_modules/swagger-ui-dist/${name}`)
  return new Response(file(path), { headers: { ...kept, 'content-type': type } })
}

/**
 * `/openapi/json`, generated from the routes' schemas, and `/openapi`, the page to browse it, which
 * needs no other host.
 *
 * @example app.use(apiDocs({ name: 'pedidos', description: 'Los pedidos.' }))
 */
export function apiDocs({ name, description }: ApiDocsOptions) {
  const title = `Encargo: ${name}`
  const html = page(title)
  let served: object | undefined
  const plugin = new Elysia({ name: 'encargo/api-docs', seed: crypto.randomUUID() })
  return plugin
    .get(
      '/openapi',
      ({ path, redirect, set }) => {
        // Behind a slash the relative addresses would mean something else.
        if (path.endsWith('/')) return redirect('../openapi', 308)
        set.headers['content-type'] = 'text/html; charset=utf-8'
        set.headers['content-security-policy'] = policy
        return html
      },
      hidden,
    )
    .get(
      `/${assets}/start.js`,
      () => new Response(start, { headers: { ...kept, 'content-type': 'text/javascript' } }),
      hidden,
    )
    .get(
      `/${assets}/swagger-ui-bundle.js`,
      () => asset('swagger-ui-bundle.js', 'text/javascript'),
      hidden,
    )
    .get(`/${assets}/swagger-ui.css`, () => asset('swagger-ui.css', 'text/css'), hidden)
    .onAfterHandle(({ path, responseValue }) =>
      path.startsWith('/openapi/json')
        ? (served ??= asServed(responseValue as Document, globalRoutes(plugin)))
        : undefined,
    )
    .use(
      openapi({
        path: '/openapi',
        specPath: '/openapi/json',
        provider: null,
        exclude: { staticFile: false },
        documentation: {
          info: {
            title,
            description,
            version: '1',
            license: { name: 'MIT', identifier: 'MIT' },
          },
          components: {
            securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
          },
        },
      }),
    )
}
