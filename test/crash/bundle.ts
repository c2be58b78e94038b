import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { accompany, compileTo } from '../../scripts/lib/mains.ts'

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
  await compileTo(folder, [mortal(program)])
  await accompany(folder, program === 'encargo' ? serviceNames : [program])
  return {
    main: join(folder, 'test', 'crash', 'mains', `${program}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
