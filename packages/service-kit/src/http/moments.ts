import { Type } from '@sinclair/typebox'
import { fieldProblem } from './schemas.ts'

const dia = '\\d{4}-\\d{2}-\\d{2}'
const hora = 'T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,3})?)?Z'

/** A day, as a query names it. */
export const Dia = Type.String({
  pattern: `^${dia}$`,
  error: 'debe ser un día, como 2026-01-15',
  'x-regla': 'fecha',
})

/** A moment in UTC, for `momentoDe`. */
export const InstanteDado = Type.String({
  pattern: `^${dia}${hora}$`,
  error: 'debe ser un instante ISO 8601 en UTC, como 2026-01-15T12:00:00.000Z',
  'x-regla': 'fecha',
  examples: ['2026-01-15T12:00:00.000Z'],
})

/** A day, or a moment of one in UTC. */
export const DiaOInstante = Type.String({
  pattern: `^${dia}(?:${hora})?$`,
  error: 'debe ser un día o un instante ISO 8601 en UTC, como 2026-01-15T12:00:00.000Z',
  'x-regla': 'fecha',
})

/** Of a field that names a day which there is not, such as the 30th of February. */
const diaInexistente = (campo: string) =>
  fieldProblem(campo, 'no es una fecha del calendario', 'fecha')

/**
 * Milliseconds since the epoch of a `DiaOInstante` or `InstanteDado`; a day begins at midnight UTC.
 * `Date` would take the 30th of February for the 2nd of March.
 * @throws ProblemError 422 naming `campo` for what is in no calendar
 */
export function momentoDe(campo: string, texto: string): number {
  try {
    const instante = texto.includes('T') ? texto : `${texto}T00:00Z`
    return Temporal.Instant.from(instante).epochMilliseconds
  } catch {
    throw diaInexistente(campo)
  }
}
