import { join } from 'node:path'

/**
 * What a test has run in the place of a `main.ts`: the same, compiled, where the test command has it. Tienda
 * makes sure that its pages are of its sources, so it is none of them.
 */
export function compiledMain(name: string): string | undefined {
  const folder = process.env['TEST_MAINS']
  if (folder === undefined || name === 'tienda') return undefined
  return join(folder, 'apps', name, 'src', 'compiled-main.js')
}
