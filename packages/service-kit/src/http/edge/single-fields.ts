import { problemError } from '../problems.ts'

/**
 * The fields of a form or a query, each of which may stand in it once (RFC 6749, 3.1): of two values,
 * two readers would take different ones.
 * @throws ProblemError 400
 */
export function singleFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if (Object.hasOwn(fields, name)) {
      const detail = `El parámetro ${JSON.stringify(name.slice(0, 100))} viene más de una vez.`
      throw problemError('peticion-invalida', { detail })
    }
    Object.defineProperty(fields, name, { value, enumerable: true })
  }
  return fields
}
