import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { pathnameOf } from '@encargo/service-kit/http/edge/pathname'
import { ProblemError } from '@encargo/service-kit/http/problems'
import { cabecerasPagina } from './cabeceras.ts'
import type { Construccion } from './construccion.ts'
import type { Cors } from './cors.ts'
import { servirEstatico } from './estaticos.ts'
import { responderError, responderProblema } from './problema.ts'
import { type Reenvio, rutaMetadatos } from './reenvio.ts'
import type { Salud } from './salud.ts'
import type { Sesion } from './sesion.ts'

interface AplicacionDeps {
  readonly cors: Cors
  readonly reenvio: Reenvio
  readonly sesion: Sesion
  readonly salud: Salud
  readonly construccion: () => Construccion | Promise<Construccion>
  /** Somebody may have changed the shop's face. */
  readonly alCambiarCara: () => Promise<void>
  readonly logger: Logger
  /** Whether the services have no address but this one. */
  readonly unica?: boolean
  /** What only exists in development, such as reloading. */
  readonly extra?: (request: Request, pathname: string) => Response | undefined
}

/** What a page takes. HAProxy's plain check asks with OPTIONS. */
const allow = { allow: 'GET, HEAD, OPTIONS' }

/** Whoever saves it and loads the page again sees it. */
const cambiaCara = ({ method }: Request, pathname: string) =>
  method !== 'GET' && method !== 'HEAD' && /^\/api\/auth\/tienda(?:\/|$)/.test(pathname)

/** Everything that tienda answers. */
export function crearAplicacion(deps: AplicacionDeps) {
  const esMetadatos = (pathname: string) => deps.unica === true && pathname === rutaMetadatos

  async function responder(request: Request): Promise<Response> {
    const pathname = pathnameOf(request)
    if (pathname === '/livez') return deps.salud.viva()
    if (pathname === '/readyz') return await deps.salud.lista()
    if (pathname.startsWith('/api/sesion/')) return await deps.sesion.responder(request)
    if (pathname === '/api' || pathname.startsWith('/api/') || esMetadatos(pathname)) {
      if (request.method === 'OPTIONS') return deps.cors.previa(request)
      const respuesta = await deps.reenvio.responder(request)
      if (cambiaCara(request, pathname) && respuesta.ok) await deps.alCambiarCara()
      return deps.cors.con(request, respuesta)
    }
    const extra = deps.extra?.(request, pathname)
    if (extra) return extra
    if (request.method === 'OPTIONS') {
      return new Response(null, { status: 204, headers: { ...cabecerasPagina, ...allow } })
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `${pathname} es una página.`
      return responderProblema(request, 'metodo-no-permitido', { detail }, allow)
    }
    const estatico = servirEstatico(request, await deps.construccion())
    const detail = `No hay nada en ${pathname}.`
    return estatico ?? responderProblema(request, 'no-encontrado', { detail })
  }

  return {
    async fetch(request: Request): Promise<Response> {
      try {
        return await responder(request)
      } catch (error) {
        if (error instanceof ProblemError) return responderError(request, error)
        deps.logger.error('request failed', { error: describeError(error) })
        const detail = 'No es culpa tuya. El fallo quedó registrado.'
        return responderProblema(request, 'error-interno', { detail })
      }
    },
  }
}
