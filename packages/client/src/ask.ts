import { type AnyProblem, type Problem, ProblemError, problemOf, thrown } from './problems.ts'

/** What an Eden call resolves with. */
export interface EdenAnswer {
  readonly data: unknown
  readonly error: { readonly value: unknown } | null
  readonly status: number
  readonly response: Response | undefined
}
type DataOf<A> = A extends { error: null; data: infer D } ? D : never
type ProblemOf<A> = A extends { error: { value: infer P } } ? P : never

/** `headers` are empty where nothing was answered. */
export type Answer<T, P> =
  | { readonly ok: true; readonly data: T; readonly status: number; readonly headers: Headers }
  | { readonly ok: false; readonly problem: Problem<P>; readonly headers: Headers }

/**
 * Waits for a call of one of the clients and says what came of it. Never rejects: a network
 * that is away, an abort and an answer nobody foresaw are problems like the others.
 *
 * @example
 * const answer = await ask(client.pedidos.pedidos({ id }).get())
 * if (!answer.ok) switch (answer.problem.codigo) { case 'no-encontrado': … }
 */
export async function ask<A extends EdenAnswer>(
  call: Promise<A>,
): Promise<Answer<DataOf<A>, ProblemOf<A>>> {
  // What a route may answer is what its types say, of the version that they were made from; what
  // comes from another version has become `desconocido` in `problemOf`.
  type P = Problem<ProblemOf<A>>
  try {
    const { data, error, status, response } = await call
    const headers = response?.headers ?? new Headers()
    if (error === null) return { ok: true, data: data as DataOf<A>, status, headers }
    const problem: AnyProblem =
      response === undefined ? thrown(error.value) : problemOf(status, error.value)
    return { ok: false, problem: problem as P, headers }
  } catch (error) {
    return { ok: false, problem: thrown(error), headers: new Headers() }
  }
}

/**
 * The data of a call, for code that handles problems further up.
 * @throws ProblemError
 */
export async function unwrap<A extends EdenAnswer>(call: Promise<A>): Promise<DataOf<A>> {
  const answer = await ask(call)
  if (answer.ok) return answer.data
  throw new ProblemError(answer.problem as AnyProblem)
}
