import { pathnameOf } from '@encargo/service-kit/http/edge/pathname'
import {
  type Codigo,
  type Extra,
  notNow,
  type Problema,
  problema,
  type ProblemError,
  retryAfter,
} from '@encargo/service-kit/http/problems'
import { cabecerasPagina } from './cabeceras.ts'

type Miembros<C extends Codigo> = { detail: string } & Extra<C>

function responder(
  request: Request,
  problema: Problema,
  cabeceras: Record<string, string>,
): Response {
  return new Response(JSON.stringify({ ...problema, instance: pathnameOf(request) }), {
    status: problema.status,
    headers: {
      ...cabecerasPagina,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...cabeceras,
    },
  })
}

/** A refusal by tienda itself, as `application/problem+json` (RFC 9457). */
export function responderProblema<C extends Codigo>(
  request: Request,
  codigo: C,
  miembros: Miembros<C>,
  cabeceras: Record<string, string> = {},
): Response {
  return responder(request, problema(codigo, miembros) as Problema, cabeceras)
}

/** A refusal that was thrown, as the readers of bodies do. */
export function responderError(request: Request, { problema, headers }: ProblemError): Response {
  return responder(request, problema, headers)
}

/** A service that does not answer. */
export const sinServicio = (request: Request, nombre: string): Response =>
  ahoraNo(request, `${nombre} no responde ahora mismo.`)

/** More than we do at once. */
export const lleno = (request: Request, que: string): Response =>
  ahoraNo(request, `Hay demasiadas ${que} a la vez.`)

const ahoraNo = (request: Request, porque: string) =>
  responderError(request, notNow(`${porque} Inténtalo de nuevo en unos segundos.`, 2_000))

/** More than one network may have at once. */
export function demasiadasDeSuRed(request: Request, que: string): Response {
  const detail = `Desde tu red hay demasiadas ${que} a la vez. Espera a que acabe alguna.`
  return responderProblema(request, 'demasiadas-peticiones', { detail }, retryAfter(15_000))
}
