import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { type Codigo, problemas } from '@encargo/service-kit/values/problem-registry'
import { root } from './tree.ts'

/** The rows that docs/errors.md must hold, made from the registry. */
function rows(): string[][] {
  return (Object.keys(problemas) as Codigo[]).map((codigo) => {
    const entry = problemas[codigo]
    const members = 'extra' in entry ? Object.keys(entry.extra).map((name) => `\`${name}\``) : []
    const again = 'retryable' in entry ? 'yes' : 'no'
    return [`\`${codigo}\``, String(entry.status), entry.title, again, members.join(', ')]
  })
}

test('docs/errors.md lists every refusal of the registry in its order, and no other', async () => {
  const page = await Bun.file(join(root, 'docs', 'errors.md')).text()
  const printed = page
    .split('\n')
    .filter((line) => line.startsWith('| `') && !line.startsWith('| `codigo` '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  expect(printed).toEqual(rows())
})
