import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@encargo/service-kit'
import { mainOf } from '../../scripts/lib/services.ts'

/**
 * The service's main in one file: the same code, but a process of it is there in a third of the
 * time, and a hundred of them are started here.
 */
export async function bundle(service: ServiceName) {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-bundle-'))
  const main = mainOf(service)
  await Bun.build({ entrypoints: [main], target: 'bun', outdir: folder, throw: true })
  cpSync(join(main, '..', 'store', 'migrations'), join(folder, 'migrations'), { recursive: true })
  return {
    main: join(folder, 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
