import type { AnyProblem, Answer } from '@encargo/client'

export type Outcome<T> = { readonly data: T } | { readonly rechazo: string }

/**
 * What came of a call, or the `codigo` of a refusal of which that or the status is `expected`.
 * @throws Error that says of any other all that there is to know
 */
export function told<T, P>(
  what: string,
  answer: Answer<T, P>,
  expected: readonly (string | number)[] = [],
): Outcome<T> {
  if (answer.ok) return answer
  // Of whatever route: what they all have is what is told.
  const problem = answer.problem as AnyProblem
  const { codigo, status, detail } = problem
  if (expected.includes(codigo) || expected.includes(status)) return { rechazo: codigo }
  const broken = 'errores' in problem ? ` ${JSON.stringify(problem.errores)}` : ''
  const cause = 'cause' in problem ? problem.cause : undefined
  throw new Error(`${what}: ${status || 'no answer'} ${codigo}: ${detail}${broken}`, { cause })
}

/** @throws Error for any refusal, as `told` */
export function dataOf<T, P>(what: string, answer: Answer<T, P>): T {
  const outcome = told(what, answer)
  if ('data' in outcome) return outcome.data
  throw new TypeError(`${what}: nothing was expected`)
}

interface Turn {
  readonly limite: number
  readonly cursor?: string
}
interface Page<Row> {
  readonly datos: readonly Row[]
  readonly siguiente: string | null
}

/** A developer's own data may be large: no list is read further than this. */
const mostPages = 50

/** Reads a list page by page; null when there is too much of it to go through. */
export async function allOf<Row, P>(
  what: string,
  turn: (query: Turn) => Promise<Answer<Page<Row>, P>>,
): Promise<readonly Row[] | null> {
  const all: Row[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const query: Turn = { limite: 200, ...(cursor !== null && { cursor }) }
    const { datos, siguiente }: Page<Row> = dataOf(what, await turn(query))
    all.push(...datos)
    if (siguiente === null) return all
    cursor = siguiente
  }
  return null
}
