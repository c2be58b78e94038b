import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceNames } from '@encargo/service-kit/run/config'
import { compiledMain } from '../../../scripts/lib/compiled-main.ts'

export const admin = { email: 'jefa@tienda.example', password: 'cuatro-llaves-de-cobre-9' } as const

type ServiceName = (typeof serviceNames)[number]
type Name = ServiceName | 'tienda'

const apps = join(import.meta.dir, '..', '..')

/** A port that nobody has at this moment. */
function freePort(): { readonly port: string; readonly free: () => void } {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    reusePort: false,
    fetch: () => new Response(),
  })
  return { port: String(server.port), free: () => void server.stop(true) }
}

export interface Process {
  readonly url: string
  readonly stop: () => Promise<void>
  /** As a power cut would: nothing is finished. */
  readonly kill: () => Promise<void>
}

/** Starts one app as a process of its own, and waits until it says where it listens. */
export async function start(name: Name, env: Record<string, string>): Promise<Process> {
  const main = compiledMain(name) ?? join(apps, name, 'src', 'main.ts')
  const child = Bun.spawn([process.execPath, '--no-orphans', main], {
    env,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await child.exited
  }
  let text = ''
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const url = new RegExp(`${name} ready at (\\S+)`).exec(text)?.[1]
    if (url === undefined) continue
    return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
  }
  throw new Error(`${name} ended before it was ready: ${text}`)
}

/**
 * The services and the shop window as real processes, with a data folder of their own.
 *
 * @param more variables beside those that every shop of the tests has
 */
export async function startAll(more: Readonly<Record<string, string>> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'encargo-tienda-'))
  // Where it is, whoever sends a shopper back there has to know.
  const held = [...serviceNames, 'tienda' as const].map((name) => ({ name, ...freePort() }))
  for (const { free } of held) free()
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    NODE_ENV: 'production',
    BUN_CONFIG_MAX_HTTP_REQUESTS: '4096',
    DATA_DIR: dataDir,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'error',
    RATE_LIMIT: 'off',
    // Shoppers of the tests order a lot, and have not confirmed their e-mail.
    PEDIDOS_ABIERTOS_SIN_CONFIRMAR: '100',
    UNIDADES_APARTADAS_SIN_CONFIRMAR: '10000',
    ...Object.fromEntries(held.map(({ name, port }) => [`${name.toUpperCase()}_PORT`, port])),
    ...more,
  }
  // The services stand behind tienda, which says who calls; before tienda stands nobody.
  const behind = { ...env, TRUST_PROXY: 'on' }
  const running = new Map<Name, Process>()
  const run = async (name: Name) => {
    running.set(name, await start(name, name === 'tienda' ? env : behind))
  }
  await Promise.all(['tienda' as const, ...serviceNames].map(run))
  const urlOf = (name: Name) => running.get(name)?.url ?? ''
  return {
    origin: urlOf('tienda'),
    dataDir,
    urls: Object.fromEntries(serviceNames.map((name) => [name, urlOf(name)])),
    kill: async (name: ServiceName) => await running.get(name)?.kill(),
    /** Starts it again where it was, with the data that it left. */
    revive: run,
    async stop() {
      await Promise.all([...running.values()].map((one) => one.stop()))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
