import { type Asked, type SqlText, type Statement, statement, type Value } from './script.ts'

/** A condition with what its `?`s stand for; undefined where nobody asks for it. */
export type Condition = readonly [text: SqlText, ...values: Value[]] | undefined

const textOf = (engine: 'sqlite' | 'postgres', text: SqlText) =>
  typeof text === 'string' ? text : text[engine]

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
    const of = (engine: 'sqlite' | 'postgres') =>
      given.map(([text]) => textOf(engine, text)).join(' AND ')
    const key = of('sqlite')
    let one = known.get(key)
    if (one === undefined) {
      const whole = (where: string) => {
        let n = 0
        const text = `${select} ${where && `WHERE ${where} `}${order}`
        return text.replaceAll('?', () => `?${++n}`)
      }
      one = statement<R, Value[]>({ sqlite: whole(key), postgres: whole(of('postgres')) })
      known.set(key, one)
    }
    return one.all(...given.flatMap(([, ...values]) => values), ...last)
  }
}
