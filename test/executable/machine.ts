import { expect } from 'bun:test'
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment, ServiceName } from '@encargo/service-kit/run/config'
import { processNames } from '@encargo/service-kit/run/together'
import { compile } from '../../scripts/build/compile.ts'
import { gather } from '../../scripts/build/contents.ts'
import { fileNameOf } from '../../scripts/build/targets.ts'
import { noQuotas } from '../../scripts/lib/no-quotas.ts'
import { admin, clientsAt } from '../system/harness.ts'

type Variables = Environment

const name = fileNameOf(undefined)

/** The executable of this checkout, built once for a file of tests. */
export async function buildOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-built-'))
  const outfile = join(folder, name)
  const assets = await gather(join(folder, 'contents'))
  await compile({ target: undefined, outfile, assets, commit: 'abcdef0' })
  return { outfile, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The system chooses where each listens. */
const ports: Variables = Object.fromEntries(
  processNames.map((one) => [`${one.toUpperCase()}_PORT`, '0']),
)

/** Of a shop in which few customers stand for many. */
const shopSettings: Variables = {
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  RATE_LIMIT: 'off',
  ...noQuotas,
  COMPRAS_DIARIAS_SIN_CONFIRMAR: '1000000000',
}

/** All of them through the one address of the shop. */
function clientsOf(url: string) {
  const at = (service: ServiceName) => `${url}/api/${service}`
  return clientsAt({
    auth: at('auth'),
    productos: at('productos'),
    inventario: at('inventario'),
    pedidos: at('pedidos'),
    pagos: at('pagos'),
  })
}

async function until(stream: ReadableStream<Uint8Array>, wanted: RegExp): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`ended before ${wanted} came:\n${text}`)
    text += decoder.decode(value, { stream: true })
    if (wanted.test(text)) break
  }
  reader.releaseLock()
  return text
}

/** What the executable says last of its start. */
const open = /^The shop is open at (\S+), .*\n/m

/**
 * A machine that the executable is copied to: a folder with nothing else, a home that is empty, and no Bun
 * and no Node to be found.
 */
export function newMachine(outfile: string) {
  const machine = mkdtempSync(join(tmpdir(), 'encargo-machine-'))
  const within = (one: string) => mkdirSync(join(machine, one), { recursive: true }) ?? ''
  const [folder, home, bin] = [within('shop'), within('home'), within('bin')]
  const file = join(folder, name)
  linkSync(outfile, file)

  function spawn(args: readonly string[], variables: Variables) {
    return Bun.spawn([file, ...args], {
      cwd: folder,
      env: { PATH: bin, HOME: home, LOG_LEVEL: 'warn', ...ports, ...variables },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
  }

  /** A command from its beginning to its end. */
  async function run(args: readonly string[], variables: Variables = {}) {
    const child = spawn(args, variables)
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ])
    return { out, err, code }
  }

  /** What goes on until it is stopped, from when it has said `wanted`. */
  async function start(variables: Variables = {}, args: readonly string[] = [], wanted = open) {
    const child = spawn(args, { ...shopSettings, ...variables })
    const err = new Response(child.stderr).text()
    const seen = await until(child.stdout, wanted).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await err}`)
    })
    const [, url = ''] = wanted.exec(seen) ?? []
    /** As whoever runs it ends it; answers what it had to complain of. */
    async function stop(): Promise<string> {
      child.kill('SIGTERM')
      expect(await child.exited).toBe(0)
      return await err
    }
    return { child, url, seen, clients: clientsOf(url), stop }
  }

  return {
    folder,
    home,
    run,
    start,
    remove: () => rmSync(machine, { recursive: true, force: true }),
  }
}

export type Machine = ReturnType<typeof newMachine>
