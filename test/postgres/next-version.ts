import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { bundleWorkers } from '../../scripts/build/workers.ts'
import { root } from '../../scripts/lib/install.ts'
import { mainOf, postgresMigrationsOf } from '../../scripts/lib/services.ts'

/** A service as it is, with one migration more: in a folder of its own, where its file looks for those. */
export async function nextVersion(service: ServiceName, migration: string) {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-next-'))
  const lib = join(folder, 'packages', 'program', 'src')
  await Bun.build({
    entrypoints: [mainOf(service)],
    target: 'bun',
    outdir: lib,
    naming: `${service}.js`,
    throw: true,
  })
  const migrations = join(folder, relative(root, postgresMigrationsOf(service)))
  cpSync(postgresMigrationsOf(service), migrations, { recursive: true })
  writeFileSync(join(migrations, '9000_siguiente.sql'), migration)
  await bundleWorkers(folder)
  return {
    main: join(lib, `${service}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
