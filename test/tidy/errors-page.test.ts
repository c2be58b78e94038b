import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { type Codigo, problemas } from '@encargo/service-kit'
import { root } from './tree.ts'

/** The table that docs/errors.md must hold, made from the registry. */
function table(): string {
  const rows = (Object.keys(problemas) as Codigo[]).map((codigo) => {
    const entry = problemas[codigo]
    const members = 'extra' in entry ? Object.keys(entry.extra).map((name) => `\`${name}\``) : []
    const retry = 'retryable' in entry ? 'yes' : 'no'
    return `| \`${codigo}\` | ${entry.status} | ${entry.title} | ${retry} | ${members.join(', ')} |`
  })
  return [
    '| `codigo` | status | `title` | the same request can succeed later | more members |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

test('docs/errors.md lists every refusal of the registry, and no other', async () => {
  const page = await Bun.file(join(root, 'docs', 'errors.md')).text()
  const printed = page.split('\n').filter((line) => line.startsWith('|'))
  expect(printed).toEqual(table().split('\n'))
})
