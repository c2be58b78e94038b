import { isKnown, retryableByCode } from './codes.ts'
import type { ServiceProblem } from './contract.ts'

/** No answer came: no network, no such host, a connection that broke, or none within the time. */
export interface SinConexion {
  readonly codigo: 'sin-conexion'
  readonly status: 0
  readonly title: string
  readonly detail: string
  readonly cause: unknown
}

/** The caller's own `AbortSignal` ended it. What it asked for may have happened all the same. */
export interface Cancelada {
  readonly codigo: 'cancelada'
  readonly status: 0
  readonly title: string
  readonly detail: string
}

/** An answer that this version does not know: of a newer server, or of something in between. */
export interface Desconocido {
  readonly codigo: 'desconocido'
  readonly status: number
  readonly title: string
  readonly detail: string
  /** The code that came, if any did. */
  readonly recibido: string | null
}

export type LocalProblem = SinConexion | Cancelada | Desconocido

/**
 * Why a call failed: `P`, which is what its route may refuse with, or what can befall any call.
 * A `switch` on `codigo` narrows it and can be checked for completeness.
 */
export type Problem<P = ServiceProblem> = P | LocalProblem
export type AnyProblem = Problem

/** The request was never answered. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** A problem, for the places that can only throw: `unwrap` and the iterator over events. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: AnyProblem

  constructor(problem: AnyProblem) {
    super(`${problem.codigo}: ${problem.detail}`)
    this.problem = problem
  }
}

export function sinConexion(cause: unknown): SinConexion {
  return {
    codigo: 'sin-conexion',
    status: 0,
    title: 'No hay conexión',
    detail: 'No hubo respuesta. Comprueba la conexión e inténtalo de nuevo.',
    cause,
  }
}

export function cancelada(): Cancelada {
  const detail = 'Se dejó de esperar la respuesta.'
  return { codigo: 'cancelada', status: 0, title: 'Cancelada', detail }
}

const textOf = (value: object, name: string): string | undefined => {
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'string' ? found : undefined
}

function desconocido(status: number, body: unknown): Desconocido {
  const value = typeof body === 'object' && body !== null ? body : {}
  return {
    codigo: 'desconocido',
    status,
    title: textOf(value, 'title') ?? 'Respuesta inesperada',
    detail: textOf(value, 'detail') ?? `El servidor respondió ${status}. Inténtalo más tarde.`,
    recibido: textOf(value, 'codigo') ?? null,
  }
}

/** Whether `body` is a refusal that this version knows. */
function isServiceProblem(body: unknown): body is ServiceProblem {
  if (typeof body !== 'object' || body === null) return false
  const codigo = textOf(body, 'codigo')
  return codigo !== undefined && isKnown(codigo) && textOf(body, 'detail') !== undefined
}

/** A body that was answered with a status outside of 2xx, as a problem. */
export function problemOf(status: number, body: unknown): AnyProblem {
  return isServiceProblem(body) ? body : desconocido(status, body)
}

/** What was thrown instead of an answer, as a problem. */
export function thrown(error: unknown): SinConexion | Cancelada {
  const aborted = error instanceof Error && error.name === 'AbortError'
  return aborted ? cancelada() : sinConexion(error)
}

/** Whether the same request may succeed a little later, without any change of it. */
export function isRetryable({ codigo, status }: AnyProblem): boolean {
  if (codigo === 'sin-conexion') return true
  if (codigo === 'cancelada') return false
  if (codigo === 'desconocido') return status >= 500 || status === 429 || status === 408
  return retryableByCode[codigo]
}
