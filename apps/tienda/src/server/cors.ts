import { corsHeaders, preflightHeaders } from '@encargo/service-kit/http/plugins/cors'
import { cabecerasPagina } from './cabeceras.ts'

/**
 * Lets the pages of other origins call the services through tienda, with a token of their own (Fetch
 * Standard, CORS protocol). Never with the cookie: `/api/sesion` is for tienda's own pages.
 */
export class Cors {
  readonly #origenes: ReadonlySet<string>

  constructor(origenes: readonly string[]) {
    this.#origenes = new Set(origenes)
  }

  /** The answer to a browser that asks whether it may call. */
  previa(request: Request): Response {
    const conocido = corsHeaders(request, this.#origenes)
    const headers = { ...cabecerasPagina, vary: 'Origin', ...(conocido ? preflightHeaders : {}) }
    return new Response(null, { status: 204, headers: { ...headers, ...conocido } })
  }

  /** The same answer, for a page that may read it. */
  con(request: Request, respuesta: Response): Response {
    const conocido = corsHeaders(request, this.#origenes)
    if (!/\borigin\b/i.test(respuesta.headers.get('vary') ?? '')) {
      respuesta.headers.append('vary', 'Origin')
    }
    for (const [nombre, valor] of Object.entries(conocido ?? {})) {
      respuesta.headers.set(nombre, valor)
    }
    return respuesta
  }
}
