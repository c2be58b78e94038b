import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Environment } from '@encargo/service-kit/run/config'
import { quietPorts } from '../chaos/ports.ts'
import { Sentence } from '../lib/command-line.ts'
import type { Tarball } from './packages.ts'
import { publishAll } from './publish.ts'
import { openRegistry, type Registry } from './registry.ts'
import { run } from './run.ts'
import { buyFirst } from './try-purchase.ts'
import { runningShop } from './try-shop.ts'

export interface TryOptions {
  readonly tarballs: readonly Tarball[]
  /** The folder that they are in. */
  readonly release: string
  readonly report: (line: string) => void
}

/** Somebody's machine: Node and npm, an empty home, and nothing of ours. */
function newMachine(work: string, { url }: Registry): Environment {
  const node = Bun.which('node')
  if (node === null || Bun.which('npm') === null)
    throw new Sentence('To try it, Node and npm are needed.')
  const npmrc = join(work, '.npmrc')
  writeFileSync(npmrc, `registry=${url}/\n${url.replace('http:', '')}/:_authToken=anybody\n`)
  return {
    PATH: [dirname(node), '/usr/bin', '/bin'].join(delimiter),
    HOME: work,
    LANG: 'es_EC.UTF-8',
    npm_config_userconfig: npmrc,
    npm_config_cache: join(work, '.npm'),
    // npx asks whether it may install what it runs.
    npm_config_yes: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  }
}

async function typed(cwd: string, env: Environment, ...command: string[]): Promise<string> {
  const { ok, output, errors } = await run(command, env, cwd)
  if (ok) return output
  throw new Sentence(`${command.join(' ')} failed:\n${output}\n${errors}`)
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1).padStart(6)} s`

/**
 * What a newcomer does, each step with the second at which it was done: from an empty folder, with nothing
 * but what is packed, to the first purchase, a stop and an audit.
 * @throws Sentence for the step that fails
 */
export async function tryRelease({ tarballs, release, report }: TryOptions): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'encargo-try-'))
  const registry = openRegistry()
  try {
    const env = newMachine(work, registry)
    await publishAll(tarballs, { release, env, report: () => undefined, provenance: false })
    const started = performance.now()
    const done = (what: string) => report(`${seconds(performance.now() - started)}  ${what}`)

    const names = ['--nombre', 'Bazar del Barranco', '--zona', 'America/Guayaquil']
    await typed(work, env, 'npm', 'create', 'encargo', 'mi-tienda', '--', '--yes', ...names)
    done('npm create encargo mi-tienda')
    const folder = join(work, 'mi-tienda')
    await typed(folder, env, 'npm', 'install')
    done('npm install')
    const settings = parseEnv(readFileSync(join(folder, '.env'), 'utf8'))
    const port = String(quietPorts(1)[0])
    const shop = await runningShop(
      folder,
      { ...env, PUERTO_UNICO: port },
      `http://127.0.0.1:${port}`,
    )
    try {
      done('npm start: the shop is ready, with its own page')
      const { ADMIN_EMAIL: email = '', ADMIN_PASSWORD: password = '' } = settings
      const numero = await buyFirst(shop.origin, { email, password })
      done(`the first product, and order ${numero} for it`)
    } finally {
      await shop.stop()
    }
    done('stopped')
    await typed(folder, env, 'npm', 'run', 'audit')
    await typed(folder, env, 'npm', 'run', 'encargo', '--', 'explain', '1')
    done('npm run audit: all holds')
  } finally {
    await registry.stop()
    rmSync(work, { recursive: true, force: true })
  }
}
