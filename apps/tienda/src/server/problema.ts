import { type Codigo, type Extra, problema, problemas } from '@encargo/service-kit/problems'
import { cabecerasPagina } from './cabeceras.ts'

type Miembros<C extends Codigo> = { detail: string } & Extra<C>

/** A refusal by tienda itself, as `application/problem+json` (RFC 9457). */
export function responderProblema<C extends Codigo>(
  request: Request,
  codigo: C,
  miembros: Miembros<C>,
  cabeceras: Record<string, string> = {},
): Response {
  const instance = new URL(request.url).pathname
  const cuerpo = JSON.stringify({ ...problema(codigo, miembros), instance })
  return new Response(cuerpo, {
    status: problemas[codigo].status,
    headers: {
      ...cabecerasPagina,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...cabeceras,
    },
  })
}

/** A service that does not answer. */
export function sinServicio(request: Request, nombre: string): Response {
  const detail = `${nombre} no responde ahora mismo. Inténtalo de nuevo en unos segundos.`
  return responderProblema(request, 'servicio-no-disponible', { detail }, { 'retry-after': '2' })
}
