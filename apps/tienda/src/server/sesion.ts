import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { pathnameOf } from '@encargo/service-kit/http/edge/pathname'
import { ProblemError } from '@encargo/service-kit/http/problems'
import { maxBodyMs, readBody } from '@encargo/service-kit/http/edge/read-body'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { cabecerasPagina } from './cabeceras.ts'
import { escribirGalletas, leerGalleta } from './galleta.ts'
import { esDelMismoOrigen } from './mismo-origen.ts'
import { responderProblema, sinServicio } from './problema.ts'

interface SesionOptions {
  /** Where auth is. */
  readonly auth: string
  readonly logger: Logger
  readonly fetch?: typeof fetch
}

/** What auth said, as the page gets it, and what becomes of the cookie. */
interface Respuesta {
  readonly status: number
  readonly cuerpo: string
  readonly cabeceras: Record<string, string>
  /** The refresh token to keep, null to take the cookie away, undefined to leave it as it is. */
  readonly galleta: string | null | undefined
}

const Tokens = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer(),
  refresh_token: Type.String(),
})

/** An e-mail address and a password take no more. */
const limites = { maxBytes: 4_096, maxMs: maxBodyMs } as const
const plazoMs = 15_000

/** Nobody is logged in: no error, and nothing to keep. */
const sinSesion: Respuesta = { status: 204, cuerpo: '', cabeceras: {}, galleta: null }

/** What auth says of a refresh token that is worth nothing; in between, also an auth of before. */
const terminada = ({ status }: Respuesta) => status === 400 || status === 401

/**
 * `/api/sesion/login`, `/renovar` and `/salir`: auth's own calls, with the refresh token kept in a
 * cookie that no script can read. The page only ever gets the access token. `renovar` answers 204
 * when there is no session, or no longer. Nothing is remembered here: what two tabs that renew at
 * once get, through whichever process, is auth's business.
 */
export class Sesion {
  readonly #options: Required<SesionOptions>

  constructor(options: SesionOptions) {
    this.#options = { fetch, ...options }
  }

  async responder(request: Request): Promise<Response> {
    const accion = pathnameOf(request).slice('/api/sesion/'.length)
    const acciones: Record<string, (request: Request) => Promise<Response>> = {
      login: (one) => this.#entrar(one),
      renovar: (one) => this.#renovar(one),
      salir: (one) => this.#salir(one),
    }
    const hacer = Object.hasOwn(acciones, accion) ? acciones[accion] : undefined
    if (!hacer) {
      return responderProblema(request, 'no-encontrado', { detail: 'Esa llamada no existe.' })
    }
    if (request.method !== 'POST') {
      const detail = 'Solo admite POST.'
      return responderProblema(request, 'metodo-no-permitido', { detail }, { allow: 'POST' })
    }
    if (!esDelMismoOrigen(request)) {
      const detail =
        'Esta llamada solo la hacen las páginas de la propia tienda. Si esta lo es, el proxy de delante no dice el nombre con el que la llaman (Host).'
      return responderProblema(request, 'prohibido', { detail })
    }
    try {
      return await hacer(request)
    } catch (error) {
      if (error instanceof ProblemError) throw error
      this.#options.logger.warn('auth did not answer', { error: describeError(error) })
      return sinServicio(request, 'auth')
    }
  }

  async #entrar(request: Request): Promise<Response> {
    const cuerpo = await readBody(request, limites)
    const respuesta = await this.#preguntar(request, '/login', new TextDecoder().decode(cuerpo))
    return this.#contestar(request, respuesta)
  }

  async #renovar(request: Request): Promise<Response> {
    const token = leerGalleta(request)
    if (token === undefined) return this.#contestar(request, sinSesion)
    const cuerpo = JSON.stringify({ grant_type: 'refresh_token', refresh_token: token })
    const respuesta = await this.#preguntar(request, '/token', cuerpo)
    return this.#contestar(request, terminada(respuesta) ? sinSesion : respuesta)
  }

  /** The cookie goes in any case; auth is told as well, so that the session ends everywhere. */
  async #salir(request: Request): Promise<Response> {
    const token = leerGalleta(request)
    if (token !== undefined) {
      await this.#llamar(request, '/logout', JSON.stringify({ refresh_token: token })).catch(
        (error: unknown) => {
          this.#options.logger.warn('a session ended here only', { error: describeError(error) })
        },
      )
    }
    return this.#contestar(request, sinSesion)
  }

  #llamar(request: Request, ruta: string, cuerpo: string): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json' })
    const direccion = remoteAddressOf(request)
    for (const nombre of ['user-agent', 'traceparent', 'tracestate']) {
      const valor = request.headers.get(nombre)
      if (valor !== null) headers.set(nombre, valor)
    }
    if (direccion !== null) headers.set('x-forwarded-for', direccion)
    return this.#options.fetch(`${this.#options.auth}${ruta}`, {
      method: 'POST',
      headers,
      body: cuerpo,
      redirect: 'manual',
      // Not the page's own signal: who reloads would lose the new token, and the old is used up.
      signal: AbortSignal.timeout(plazoMs),
    })
  }

  async #preguntar(request: Request, ruta: string, cuerpo: string): Promise<Respuesta> {
    const respuesta = await this.#llamar(request, ruta, cuerpo)
    const texto = await respuesta.text()
    const cabeceras: Record<string, string> = {}
    for (const nombre of ['content-type', 'retry-after', 'x-request-id', 'www-authenticate']) {
      const valor = respuesta.headers.get(nombre)
      if (valor !== null) cabeceras[nombre] = valor
    }
    const { status } = respuesta
    if (!respuesta.ok) {
      return { status, cuerpo: texto, cabeceras, galleta: undefined }
    }
    const { refresh_token: galleta, ...tokens } = Value.Parse(Tokens, JSON.parse(texto))
    return { status, cuerpo: JSON.stringify(tokens), cabeceras, galleta }
  }

  #contestar(request: Request, respuesta: Respuesta): Response {
    const { status, cuerpo, cabeceras, galleta } = respuesta
    const headers = new Headers({ ...cabecerasPagina, 'cache-control': 'no-store', ...cabeceras })
    if (galleta !== undefined) {
      for (const una of escribirGalletas(request, galleta)) headers.append('set-cookie', una)
    }
    return new Response(status === 204 ? null : cuerpo, { status, headers })
  }
}
