import { expect, test } from 'bun:test'
import { entrypoint } from './compile.ts'
import { licences } from './licences.ts'

test('the licences name what is bundled, what that brings along, and what pages are made of', async () => {
  const text = await licences([entrypoint])
  for (const name of ['Bun', 'elysia', 'file-type', 'drizzle-orm', 'react', 'swagger-ui-dist']) {
    expect(text).toContain(`\n## ${name} `)
  }
  expect(text).toMatch(/## react \S+ \(MIT\)\n\nMIT License/)
  expect(text).not.toContain('(unknown)')
  expect(text).not.toMatch(/## (?:typescript|oxlint|@encargo\/\S+) /)
})
