import { momentoDe } from '@encargo/service-kit/http/moments'
import { fieldProblem } from '@encargo/service-kit/http/schemas'

/** Whoever writes down what came today may be ahead of us by their clock. */
const adelantoMs = 24 * 60 * 60_000

/** When money was received, if somebody says so. @throws ProblemError 422 for no day, or one to come */
export function recibidoDe(
  campo: string,
  texto: string | undefined,
  ahora: number,
): number | undefined {
  if (texto === undefined) return undefined
  const en = momentoDe(campo, texto)
  if (en <= ahora + adelantoMs) return en
  throw fieldProblem(campo, 'no puede ser un día que todavía no llegó', 'fecha')
}
