import { type Asked, type Statement, statement, type Value } from './script.ts'

/** A condition with what its `?`s stand for; undefined where nobody asks for it. */
export type Condition = readonly [text: string, ...values: Value[]] | undefined

/**
 * A list of which now these conditions and now those are asked for. It has a statement for each set of
 * them, so that each finds its index; their texts are constants, which bounds how many there can be.
 *
 *     const lista = list<Usuario>('SELECT id, rol FROM usuarios', 'ORDER BY id DESC LIMIT ?')
 *     engine.ask(lista([rol && ['rol = ?', rol], ['eliminado_en IS NULL']], limite))
 */
export function list<R>(select: string, order: string) {
  const known = new Map<string, Statement<R, Value[]>>()
  return (conditions: readonly Condition[], ...last: Value[]): Asked<readonly R[]> => {
    const given = conditions.filter((one) => one !== undefined)
    const where = given.map(([text]) => text).join(' AND ')
    let one = known.get(where)
    if (one === undefined) {
      let n = 0
      const text = `${select} ${where && `WHERE ${where} `}${order}`
      one = statement<R, Value[]>(text.replaceAll('?', () => `?${++n}`))
      known.set(where, one)
    }
    return one.all(...given.flatMap(([, ...values]) => values), ...last)
  }
}
