import { commandLine } from '@encargo/program'

/**
 * Names that stand among those of a schema's migrations, after all of them, while no service may use it; an
 * older program refuses it for them as well.
 */
const marks = {
  mudanza: `what is being copied to it is not all there: run ${commandLine('move')} or ${commandLine('restore')} again, which begins anew`,
  salida: `it is being copied to a folder: run ${commandLine('move')} again, or ${commandLine('move')} --cancel to go on here`,
  mudado: 'the shop was moved away from it, to a folder: start the services without DATABASE_URL',
} as const

export type Mark = keyof typeof marks

export const isMark = (nombre: unknown): nombre is Mark =>
  typeof nombre === 'string' && Object.hasOwn(marks, nombre)

/** @throws Error with a sentence while one of these names keeps a schema from being used */
export function refuseMarked(nombres: readonly unknown[]): void {
  const mark = nombres.find(isMark)
  if (mark) throw new Error(marks[mark])
}
