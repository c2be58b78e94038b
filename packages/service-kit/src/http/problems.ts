import { type TSchema, type TUnsafe, Type } from '@sinclair/typebox'
import { status } from 'elysia'
import {
  type Codigo,
  type CodigoComun,
  codigosComunes,
  type Extra,
  problemas,
  type StatusDe,
} from '../values/problem-registry.ts'

// Who imports `@encargo/service-kit/problems` finds the codes there as well.
export * from '../values/problem-registry.ts'

/** RFC 9457 problem details with our `codigo`; distributes, so a `switch` on `codigo` narrows. */
export type Problema<C extends Codigo = Codigo> = C extends Codigo
  ? {
      type: string
      title: string
      status: StatusDe<C>
      detail: string
      codigo: C
      instance?: string
    } & Extra<C>
  : never

type ConStatus<C extends Codigo, S> = C extends Codigo ? (StatusDe<C> extends S ? C : never) : never

type RespuestasProblema<C extends Codigo> = {
  [S in StatusDe<C>]: TUnsafe<Problema<ConStatus<C, S>>>
}

function problemSchema(codigos: readonly Codigo[]): TSchema {
  const extras = codigos.flatMap((codigo) => {
    const entry = problemas[codigo]
    return 'extra' in entry ? Object.entries<TSchema>(entry.extra) : []
  })
  return Type.Object(
    {
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String(),
      instance: Type.Optional(Type.String()),
      codigo: Type.Union(codigos.map((codigo) => Type.Literal(codigo))),
      ...Object.fromEntries(extras.map(([name, schema]) => [name, Type.Optional(schema)])),
    },
    {
      description: codigos.map((codigo) => `\`${codigo}\`: ${problemas[codigo].title}`).join('. '),
    },
  )
}

/**
 * Response schemas for the refusals of a route, grouped by status, so that Eden gives callers a
 * union on `codigo`.
 *
 * @example response: { 200: Pedido, ...rechazos('no-encontrado', 'transicion-invalida') }
 */
export function rechazos<const C extends Codigo = never>(
  ...codigos: C[]
): RespuestasProblema<C | CodigoComun> {
  const byStatus = new Map<number, Codigo[]>()
  for (const codigo of new Set<Codigo>([...codigosComunes, ...codigos])) {
    const code = problemas[codigo].status
    byStatus.set(code, [...(byStatus.get(code) ?? []), codigo])
  }
  const schemas = [...byStatus].map(([code, group]) => [code, problemSchema(group)])
  return Object.fromEntries(schemas) as RespuestasProblema<C | CodigoComun>
}

type Member<C extends Codigo> = { detail: string } & Extra<C>

/** The body of a refusal. `detail` is a Spanish sentence that a person can act on. */
export function problema<C extends Codigo>(codigo: C, members: Member<C>): Problema<C> {
  const { status: code, title } = problemas[codigo]
  return {
    type: `urn:encargo:problema:${codigo}`,
    title,
    status: code,
    codigo,
    ...members,
  } as Problema<C>
}

/** A refusal to return (never to throw) from a handler: `return rechazar('no-encontrado', { detail })`. */
export function rechazar<C extends Codigo>(codigo: C, members: Member<C>) {
  const code: StatusDe<C> = problemas[codigo].status
  return status(code, problema(codigo, members))
}

/** A refusal for the places that can only throw: parsers, guards and what lies below a handler. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problema: Problema
  readonly headers: Record<string, string>

  constructor(body: Problema, headers: Record<string, string> = {}) {
    super(`${body.codigo}: ${body.detail}`)
    this.problema = body
    this.headers = headers
  }
}

/** Shorthand for throwing a refusal. */
export function problemError<C extends Codigo>(
  codigo: C,
  members: Member<C>,
  headers: Record<string, string> = {},
): ProblemError {
  return new ProblemError(problema(codigo, members) as Problema, headers)
}

/** Seconds for `Retry-After`, at least 1 (RFC 9110, 10.2.3). */
export function retryAfter(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000) || 1)) }
}

/** The refusal of what may be asked for again in so many milliseconds. */
export const notNow = (detail: string, ms: number): ProblemError =>
  problemError('servicio-no-disponible', { detail }, retryAfter(ms))
