import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { guardarConstruccion } from '../../apps/tienda/src/server/guardada.ts'
import { root } from '../lib/install.ts'
import { licencesFile } from '../lib/version.ts'
import { entrypoint } from './compile.ts'
import { licences } from './licences.ts'
import { bundleWorkers, found, workers } from './workers.ts'

/** What is read as a file, as `inProgram` names it. */
const files = [
  'apps/*/src/store/sqlite/migrations/*.sql',
  'apps/*/src/store/sqlite/migrations/meta/_journal.json',
  'apps/*/src/store/postgres/migrations/*.sql',
  'node_modules/swagger-ui-dist/swagger-ui-bundle.js',
  'node_modules/swagger-ui-dist/swagger-ui.css',
] as const

/**
 * Gathers in `folder` what the executable brings along beside its code, under the paths of the checkout:
 * the bundler would put each folder under its last name alone. The pages are built for it, compressed.
 * Answers what to embed.
 */
export async function gather(folder: string): Promise<string[]> {
  for (const path of files.flatMap(found)) cpSync(join(root, path), join(folder, path))
  await bundleWorkers(folder)
  const programs = [entrypoint, ...workers()]
  writeFileSync(join(folder, licencesFile), await licences(programs))
  await guardarConstruccion(join(folder, 'apps', 'tienda', '.construida', 'construccion.bin'))
  return ['apps', 'node_modules', 'packages', licencesFile].map((name) => join(folder, name))
}
