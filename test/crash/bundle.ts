import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BunPlugin } from 'bun'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { mainOf, migrationsOf } from '../../scripts/lib/services.ts'

/** Bytecode knows no top-level `await`, of which there is one, on the last line of each main. */
const lastLine: BunPlugin = {
  name: 'a main without top-level await',
  setup(build) {
    build.onLoad({ filter: /\/src\/main\.ts$/ }, async ({ path }) => {
      const text = await Bun.file(path).text()
      return { loader: 'ts', contents: text.replace('if (import.meta.main) await ', 'void ') }
    })
  },
}

/**
 * The service's main in one file, compiled: the same code, but a process of it is there in a quarter
 * of the time, and some two hundred of them are started here. auth runs as it is: the worker that
 * judges passwords is a file of its own.
 */
export async function bundle(service: ServiceName) {
  const main = mainOf(service)
  if (service === 'auth') return { main, remove: () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'encargo-bundle-'))
  await Bun.build({
    entrypoints: [main],
    target: 'bun',
    outdir: folder,
    format: 'cjs',
    bytecode: true,
    plugins: [lastLine],
    throw: true,
  })
  cpSync(migrationsOf(service), join(folder, 'migrations'), { recursive: true })
  return {
    main: join(folder, 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
