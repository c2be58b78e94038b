import { problemaDe } from '../api.ts'
import type { Textos } from './tipo.ts'

/** What a person is told of a call that came to nothing. */
export function textoDeFallo(t: Textos, error: unknown): string {
  const problema = problemaDe(error)
  if (problema === undefined) return t.fallo.pagina
  return t.problemas[problema.codigo] ?? problema.detail
}
