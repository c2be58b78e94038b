import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { bundleWorkers } from '../../scripts/build/workers.ts'
import { root } from '../../scripts/lib/install.ts'
import { migrationsOf, postgresMigrationsOf } from '../../scripts/lib/services.ts'

/** A service, or all as one process. */
export type Program = ServiceName | 'encargo'

/** The same in a world in which it can be made to die. */
export const mortal = (program: Program) => join(import.meta.dir, 'mains', `${program}.ts`)

/**
 * The same in one file, compiled: a process of it is there in a quarter of the time, and some three
 * hundred of them are started here.
 */
export async function bundle(program: Program) {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-bundle-'))
  await Bun.build({
    entrypoints: [mortal(program)],
    target: 'bun',
    outdir: join(folder, 'packages', 'program', 'src'),
    format: 'cjs',
    bytecode: true,
    throw: true,
    // The compiler of styles, which builds pages that nobody opens here.
    external: ['bun-plugin-tailwind'],
  })
  // It looks for what it brings along from where it lies itself, as @encargo/program does.
  for (const service of program === 'encargo' ? serviceNames : [program]) {
    for (const migrations of [migrationsOf(service), postgresMigrationsOf(service)])
      cpSync(migrations, join(folder, relative(root, migrations)), { recursive: true })
  }
  await bundleWorkers(folder)
  return {
    main: join(folder, 'packages', 'program', 'src', `${program}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
