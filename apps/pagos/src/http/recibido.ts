import { momentoDe } from '@encargo/service-kit/http/moments'
import { fieldProblem } from '@encargo/service-kit/http/schemas'

/** Whoever writes down what came today may be ahead of us by their clock. */
const adelantoMs = 24 * 60 * 60_000
const desdeMs = Date.UTC(2000)

/** When money was received, if somebody says so. @throws ProblemError 422 for no day, or one to come */
export function recibidoDe(
  campo: string,
  texto: string | undefined,
  ahora: number,
): number | undefined {
  if (texto === undefined) return undefined
  const en = momentoDe(campo, texto)
  if (en >= desdeMs && en <= ahora + adelantoMs) return Math.min(en, ahora)
  throw fieldProblem(campo, 'debe ser un día que ya llegó, desde el año 2000', 'fecha')
}
