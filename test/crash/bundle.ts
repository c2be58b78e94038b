import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { root } from '../../scripts/lib/install.ts'
import { migrationsOf } from '../../scripts/lib/services.ts'

/** The service in a world in which it can be made to die. */
export const mortal = (service: ServiceName) => join(import.meta.dir, 'mains', `${service}.ts`)

/**
 * The same in one file, compiled: a process of it is there in a quarter of the time, and some two
 * hundred of them are started here. auth runs as it is: the worker that judges passwords is a file of
 * its own.
 */
export async function bundle(service: ServiceName) {
  const main = mortal(service)
  if (service === 'auth') return { main, remove: () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'encargo-bundle-'))
  await Bun.build({
    entrypoints: [main],
    target: 'bun',
    outdir: join(folder, 'packages', 'program', 'src'),
    format: 'cjs',
    bytecode: true,
    throw: true,
  })
  // It looks for what it brings along from where it lies itself, as @encargo/program does.
  const migrations = migrationsOf(service)
  cpSync(migrations, join(folder, relative(root, migrations)), { recursive: true })
  return {
    main: join(folder, 'packages', 'program', 'src', `${service}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
