import { cpSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { bundleWorkers } from '../build/workers.ts'
import { root } from './install.ts'
import { mainOf, migrationsOf, postgresMigrationsOf, type UnitName } from './services.ts'

/** What a `main.ts` does, without the `await` at its top, which bytecode can't have. */
const aloneOf = (service: ServiceName) => `
  import { runService } from '@encargo/service-kit/run/run'
  import { startService } from '@encargo/service-kit/run/start-service'
  import { ${service.charAt(0).toUpperCase()}${service.slice(1)}Config as Config } from './config.ts'
  import { open } from './open.ts'
  void runService('${service}', startService('${service}', Config, open))`

const together = `
  import { runShop } from './run.ts'
  void runShop(process.argv.slice(2), process.env)`

/** Its source, which is nowhere else. */
const sourceOf = (unit: UnitName) => join(dirname(mainOf(unit)), 'compiled-main.ts')

/** Puts each of these files in one, compiled, at its place in `folder`. */
export async function compileTo(
  folder: string,
  entrypoints: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  await Bun.build({
    entrypoints: [...entrypoints],
    files: { ...files },
    root,
    target: 'bun',
    outdir: folder,
    naming: '[dir]/[name].js',
    format: 'cjs',
    bytecode: true,
    throw: true,
    // The compiler of styles, which builds pages that nobody opens of these.
    external: ['bun-plugin-tailwind'],
  })
}

/** Puts in `folder` what services bring along: they look for it from where they lie, three folders deep. */
export async function accompany(folder: string, services: readonly ServiceName[]): Promise<void> {
  for (const path of services.flatMap((one) => [migrationsOf(one), postgresMigrationsOf(one)]))
    cpSync(path, join(folder, relative(root, path)), { recursive: true })
  await bundleWorkers(folder)
}

/**
 * The services, each and as one process, compiled once for a run of all tests, which starts some three
 * hundred of their processes: each is there for a third of the work.
 */
export async function compileMains(folder: string): Promise<void> {
  const files = Object.fromEntries([
    ...serviceNames.map((service) => [sourceOf(service), aloneOf(service)]),
    [sourceOf('encargo'), together],
  ])
  await compileTo(folder, Object.keys(files), files)
  await accompany(folder, serviceNames)
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
    const path = join('node_modules', 'swagger-ui-dist', name)
    cpSync(join(root, path), join(folder, path))
  }
}
