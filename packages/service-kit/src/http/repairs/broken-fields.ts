import { type AnyElysia, ValidationError } from 'elysia'
import { globalRoutes } from './global-routes.ts'
import { type ProblemError, problemError } from '../problems.ts'
import { rangeErrors } from './range-errors.ts'
import { fieldErrors } from '../../values/validation-messages.ts'

// Elysia 1.4.30: a ValidationError tells its fields in two ways, or not at all.

/** What is needed of Elysia's context to name the fields that a request has broken. */
export interface ValidationContext {
  readonly request: Request
  readonly route: string
  readonly query: Record<string, unknown>
  readonly params: Record<string, unknown>
}

const whole: Record<string, string> = { body: 'cuerpo', query: 'consulta', params: 'ruta' }

/** The errors of a broken schema with their paths; none where Elysia does not tell them. */
function errorsOf(error: ValidationError) {
  const { validator } = error
  return 'Errors' in validator ? validator.Errors(error.value) : []
}

/** A number that is out of range was text until then, and its error does not know its field. */
function outOfRange(app: AnyElysia, context: ValidationContext) {
  const method = context.request.method === 'HEAD' ? 'GET' : context.request.method
  const route = globalRoutes(app).find((one) => one.method === method && one.path === context.route)
  return [
    ...rangeErrors(route?.hooks?.params, context.params),
    ...rangeErrors(route?.hooks?.query, context.query),
  ]
}

/** 422 with every field of the request that broke its schema. */
export function validationProblem(
  error: ValidationError,
  app: AnyElysia,
  context: ValidationContext,
): ProblemError {
  const errors = [...errorsOf(error)]
  if (error.type !== 'body') errors.push(...outOfRange(app, context))
  const errores = fieldErrors(errors, whole[error.type] ?? error.type)
  const campos = errores.map((one) => one.campo).join(', ')
  return problemError('datos-invalidos', { detail: `Revisa: ${campos}.`, errores })
}

/** A response of ours that broke its schema, for the log: which fields, not what was in them. */
export function describeBrokenResponse(error: ValidationError) {
  const fields = fieldErrors(errorsOf(error), error.type)
  return { name: 'ValidationError', message: `the ${error.type} breaks its schema`, fields }
}
