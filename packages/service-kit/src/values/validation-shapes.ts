import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'

/** How many errors of one shape are looked at: rubbish must not cost more than it says. */
const looked = 100
import { optionsOf } from './field-rules.ts'

type Schema = ValueError['schema']

/** Of a union of objects, and perhaps of nothing: where the objects stand among its options. */
function objectOptions(schema: Schema): number[] {
  const types = optionsOf(schema).map((option) => option['type'])
  if (!types.every((type) => type === 'object' || type === 'null')) return []
  return types.flatMap((type, at) => (type === 'object' ? [at] : []))
}

/** A value that is there but is not the one that tells this shape from the others. */
function isWrongTag(error: ValueError): boolean {
  const options = optionsOf(error.schema)
  const tags = options.length > 0 ? options : [error.schema]
  return error.value !== undefined && tags.every((tag) => tag['const'] !== undefined)
}

function distance(errors: readonly ValueError[]): number {
  const fields = new Set(errors.map((error) => error.path)).size
  return fields + (errors.some(isWrongTag) ? 0.5 : 0)
}

function firstErrors(errors: Iterable<ValueError>): ValueError[] {
  const found: ValueError[] = []
  for (const error of errors) {
    found.push(error)
    if (found.length === looked) break
  }
  return found
}

/**
 * A body that may have one of several shapes and has none: the errors of the shape that it comes
 * nearest to, so that they name its fields. Other errors stay as they are.
 */
export function* nearestShape(errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    const isObject = typeof error.value === 'object' && error.value !== null
    const options = objectOptions(error.schema)
    if (error.type !== ValueErrorType.Union || !isObject || options.length === 0) {
      yield error
      continue
    }
    const shapes = options.map((at) => firstErrors(error.errors[at] ?? []))
    yield* shapes.sort((a, b) => distance(a) - distance(b))[0] ?? [error]
  }
}
