import { type Engine, type Script, statement, together } from '../src/index.ts'
import { add, everything, find, put } from './fixture-sql.ts'

// Never run: it must compile, and each line below an expectation must not.
export async function typesOfScripts(engine: Engine): Promise<void> {
  const total: number = await engine.write(function* () {
    const before = yield* find.get('a')
    const cantidad: number | undefined = before?.cantidad
    const changed: number = yield* put.run('b', cantidad ?? 0)
    const rows: readonly { id: string; cantidad: number }[] = yield* everything.all()
    const [one, row]: [number, { id: string } | undefined] = yield* together(
      add.run(1, 'a'),
      find.get('b'),
    )
    return changed + rows.length + one + (row ? 1 : 0)
  })
  const found: { cantidad: number } | undefined = await engine.ask(find.get('a'))
  const outcome: 'hecho' | 'falta' = await engine.write(() => nested(total))
  void [found, outcome]

  // @ts-expect-error a parameter of another type
  find.get(1)

  // @ts-expect-error one too few
  put.run('a')

  // @ts-expect-error one too many
  everything.all('a')

  // @ts-expect-error nothing that a column can hold
  find.get(undefined)

  // @ts-expect-error nor can a parameter be declared so
  statement<never, [when: Date]>('SELECT ?1')

  // @ts-expect-error a text for one engine alone
  statement<never, []>({ sqlite: 'SELECT 1' })

  // @ts-expect-error there may be no such row
  const certain: { id: string } = await engine.ask(find.get('a'))
  void certain

  // @ts-expect-error a column that the row does not have
  void (await engine.ask(find.get('a')))?.otra

  // @ts-expect-error rows are not to be changed
  ;(await engine.ask(everything.all())).pop()

  // @ts-expect-error work that is no script
  await engine.write(() => 1)

  // @ts-expect-error async work would be committed before it is done
  await engine.write(async () => 1)

  // @ts-expect-error an async script as well
  await engine.write(async function* () {
    yield
  })

  await engine.write(function* (): Script<number> {
    // @ts-expect-error a script asks of its engine alone
    return yield Promise.resolve(1)
  })

  // @ts-expect-error a statement without its parameters
  await engine.ask(find)
}

function* nested(cantidad: number): Script<'hecho' | 'falta'> {
  // @ts-expect-error without yield* there is no answer to compare
  if (add.run(cantidad, 'a') === 0) return 'falta'
  return (yield* add.run(cantidad, 'a')) === 0 ? 'falta' : 'hecho'
}
