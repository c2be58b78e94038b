import { expect, test } from 'bun:test'
import { scriptFindings } from './scripts.ts'
import { source, told, tree } from './tree.ts'

const path = 'apps/auth/src/store/a.ts'
const before = `import { otra, leer as leida } from './b.ts'
const poner = statement<never, [string]>('')
const sentencias = {
  una: statement<never, []>(''),
}
function* tomar(): Script<void> {}
`
const beside = source(
  'apps/auth/src/store/b.ts',
  `export function* otra(): Script<void> {}
export const leer = statement<never, []>('')
`,
)
const findings = (line: string) =>
  scriptFindings(source(path, `${before}${line}\n`), new Map([[beside.path, beside]]))

test.each([
  '  tomar()',
  '  if (tomar()) return',
  '  const taken = tomar()',
  '  taken && otra()',
  "  poner.run('a')",
  '  sentencias.una.run()',
  '  leida.get()',
])('a question that nobody asks is found: %s', (line) => {
  expect(findings(line)).toMatchObject([{ path, line: 7 }])
})

test.each([
  '  yield* tomar()',
  "  if ((yield* poner.run('a')) === 0) return",
  '  await engine.write(() => otra())',
  '  await engine.ask(leida.get())',
  "  yield* together(poner.run('a'), sentencias.una.run())",
  '  return tomar()',
  '  store.otra()',
])('one that is asked, or handed to whoever does, is not: %s', (line) => {
  expect(findings(line)).toEqual([])
})

test('every question of the tree is asked', () => {
  const files = new Map(tree.map((file) => [file.path, file]))
  const asking = tree.filter(({ imports }) =>
    imports.some(({ from }) => from === '@encargo/storage'),
  )
  expect(asking.length).toBeGreaterThan(30)
  expect(told(asking.flatMap((file) => scriptFindings(file, files)))).toEqual([])
})
