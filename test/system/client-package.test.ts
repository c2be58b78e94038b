import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../packages/client/build/build.ts'
import { findBrowser, launch, leftOut, visit } from '../../apps/tienda/e2e/browser.ts'
import type { ProcessName } from '@encargo/service-kit/run/together'
import { type ServiceProcess, spawnService, stopAll } from '../../scripts/lib/services.ts'
import { startSystem, type System } from './harness.ts'
import { loginAdmin, must, newProduct } from './walk.ts'

const readme = await Bun.file(join(import.meta.dir, '../../packages/client/README.md')).text()
const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''

const startMs = 60_000
/** Node is not needed for anything else here. */
const runtimes = ['bun', 'node', 'worker'].filter(
  (name) => name === 'bun' || Bun.which('node') !== null,
)
if (!runtimes.includes('node'))
  console.log('left out: the packed client in Node, which is not here')
let work: string
let project: string
let system: System
let tienda: ServiceProcess<ProcessName>
let shop: string
let elsewhere: Bun.Server<undefined>
let program = ''

async function run(cwd: string, ...command: string[]) {
  const child = Bun.spawn(command, { cwd, stdout: 'pipe', stderr: 'pipe', stdin: 'ignore' })
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { code: await child.exited, output, errors }
}

async function runWell(cwd: string, ...command: string[]): Promise<string> {
  const { code, output, errors } = await run(cwd, ...command)
  if (code !== 0) throw new Error(`${command.join(' ')}:\n${output}\n${errors}`)
  return output
}

/**
 * Runs a module where there is nothing but what runtimes of workers have in common (WinterTC's minimum
 * common API, as far as it matters here). A real one weighs 155 MB, so that it is tried by hand.
 */
const worker = `
import { readFileSync } from 'node:fs'
import vm from 'node:vm'
const common = ['fetch', 'Request', 'Response', 'Headers', 'URL', 'URLSearchParams', 'Blob', 'File', 'FormData',
  'TextEncoder', 'TextDecoder', 'TextDecoderStream', 'ReadableStream', 'AbortController', 'AbortSignal', 'crypto',
  'performance', 'setTimeout', 'clearTimeout', 'structuredClone', 'atob', 'btoa', 'console']
const context = vm.createContext(Object.fromEntries(common.map((name) => [name, globalThis[name]])))
const load = (file) => new vm.SourceTextModule(readFileSync(file, 'utf8'), { context })
const program = load('shop.mjs')
await program.link(() => load('node_modules/@encargo/client/index.js'))
await program.evaluate()`

/** A page of another shop: the program, and the packed client beside it. */
function openPage(program: () => string): Bun.Server<undefined> {
  return Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: ({ url }) => pageAt(new URL(url).pathname, program()),
  })
}

/** What a page that runs `program` is made of. */
function pageAt(pathname: string, program: string): Response {
  const script = { 'content-type': 'text/javascript' }
  switch (pathname) {
    case '/prueba':
      return new Response('<!doctype html><script type="module" src="/program.js"></script>', {
        headers: { 'content-type': 'text/html' },
      })
    case '/program.js':
      return new Response(program.replace('@encargo/client', '/client.js'), { headers: script })
    case '/client.js':
      return new Response(Bun.file(join(project, 'node_modules/@encargo/client/index.js')), {
        headers: script,
      })
    default:
      return new Response(null, { status: 404 })
  }
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'encargo-package-'))
  project = join(work, 'project')
  mkdirSync(project)
  const packing = build(join(work, 'dist')).then(async () => {
    const dist = join(work, 'dist')
    await runWell(dist, process.execPath, 'pm', 'pack')
    await Bun.write(join(project, 'package.json'), '{ "name": "outside", "type": "module" }')
    const tarball = readdirSync(dist).find((name) => name.endsWith('.tgz')) ?? ''
    await runWell(project, process.execPath, 'add', join(dist, tarball))
  })
  system = (await Promise.all([startSystem(), packing]))[0]
  elsewhere = openPage(() => program)
  const CORS_ORIGINS = elsewhere.url.origin
  tienda = spawnService({
    service: 'tienda',
    env: { ...system.env, CORS_ORIGINS },
    watch: false,
    onLine: console.log,
  })
  shop = (await tienda.ready)['tienda'] ?? ''
  const { clients } = system
  const { headers } = await loginAdmin(clients)
  const id = await newProduct(clients, 450, 10)
  const nombre = 'Chocolate de altura'
  must(await clients.productos.productos({ id }).patch({ nombre }, { headers }))
}, startMs)
afterAll(async () => {
  await elsewhere.stop(true)
  await stopAll([tienda])
  await system.stop()
  rmSync(work, { recursive: true, force: true })
}, startMs)

const cases = (...codigos: string[]) => codigos.map((one) => `case '${one}':`).join(' ')

const switchProgram = (forgotten: string) => `
import { ask, type Client } from '@encargo/client'
const never = (value: never): string => String(value)
export async function told(client: Client, id: string): Promise<string> {
  const answer = await ask(client.pedidos.pedidos({ id }).get())
  if (answer.ok) return answer.data.lineas.map(({ sku }) => sku).join()
  const { problem } = answer
  switch (problem.codigo) {
    ${forgotten}
    ${cases('json-invalido', 'peticion-invalida', 'no-autenticado', 'prohibido', 'peticion-lenta')}
    ${cases('cuerpo-demasiado-grande', 'tipo-no-admitido', 'demasiadas-peticiones')}
    ${cases('error-interno', 'servicio-no-disponible', 'almacenamiento-no-disponible')}
    ${cases('sin-conexion', 'cancelada')}
      return problem.detail
    case 'datos-invalidos':
      return problem.errores.map(({ campo }) => campo).join()
    case 'desconocido':
      return problem.recibido ?? ''
    default:
      return never(problem)
  }
}`

/** The program of the README, for the shop that is open here, as somebody new. */
const programFor = (name: string) =>
  example
    .replace('http://127.0.0.1:3000', shop)
    .replace('ana@correo.example', `ana-${name}@correo.example`)

/** Completes what is pending once the program has bought; it follows that. */
async function complete(output: string): Promise<void> {
  if (!output.includes('Pendiente') || output.includes('Completado')) return
  const { clients } = system
  const { headers } = await loginAdmin(clients)
  const query = { estado: 'Pendiente' as const, limite: 200 }
  const { datos } = must(await clients.pedidos.pedidos.get({ query, headers }))
  for (const { id } of datos) {
    must(await clients.pedidos.pedidos({ id }).patch({ estado: 'Completado' }, { headers }))
  }
}

function expectBought(output: string): void {
  const numero = /^Pedido (\d+): 450 USD$/m.exec(output)?.[1]
  expect(output.trim().split('\n')).toEqual([
    `Pedido ${numero}: 450 USD`,
    `Pedido ${numero} está Pendiente`,
    `Pedido ${numero} está Completado`,
  ])
}

const attributesProgram = (atributos: string) => `
import { createClient, unwrap } from '@encargo/client'
const { productos } = createClient({ origin: 'http://x' })
const nuevo = { sku: 'A', nombre: 'A', precio: 1, atributos: ${atributos} }
const { id } = await unwrap(productos.productos.post(nuevo))
const { atributos } = await unwrap(productos.productos({ id }).get())
export const talla: string | undefined = atributos['talla']
// @ts-expect-error it is a text
export const numero: number | undefined = atributos['talla']`

describe('the packed client, in an empty project', () => {
  test('brings its own types and nothing else to install', async () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => name !== '.bin')).toEqual([
      '@encargo',
    ])
    const folder = join(project, 'node_modules/@encargo/client')
    const { dependencies, peerDependencies } = await Bun.file(join(folder, 'package.json')).json()
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined])
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.d.ts'))) {
      const text = await Bun.file(join(folder, name)).text()
      const imported = [...text.matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)].map(
        ([, one]) => one,
      )
      expect(imported.filter((one) => !one?.startsWith('./'))).toEqual([])
    }
  })

  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'ES2022',
    module: 'nodenext',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
    noEmit: true,
    // The package's own declarations are checked too.
    skipLibCheck: false,
  }
  /** What the compiler says of a program in the project: one line an error. */
  async function check(program: string): Promise<string[]> {
    await Bun.write(join(project, 'program.ts'), program)
    const config = { compilerOptions, files: ['program.ts'] }
    await Bun.write(join(project, 'tsconfig.json'), JSON.stringify(config))
    const { code, output, errors } = await run(project, process.execPath, 'check', '--no-pretty')
    const lines = `${output}\n${errors}`.split('\n').filter((line) => line.includes('error TS'))
    expect(lines.length > 0).toBe(code !== 0)
    return lines
  }

  test(
    'compiles the program of its README',
    async () => {
      expect(await check(example)).toEqual([])
    },
    startMs,
  )

  test(
    'compiles a switch that names every problem of a route, and refuses one that forgets',
    async () => {
      expect(await check(switchProgram("case 'no-encontrado':"))).toEqual([])
      const [error, ...more] = await check(switchProgram(''))
      expect(more).toEqual([])
      expect(error).toContain("is not assignable to parameter of type 'never'")
    },
    startMs,
  )

  test(
    'knows the members of any name that a product has, in what is sent and in what is answered',
    async () => {
      expect(await check(attributesProgram("{ talla: 'M' }"))).toEqual([])
      const [error, ...more] = await check(attributesProgram('{ talla: 5 }'))
      expect(more).toEqual([])
      expect(error).toContain('talla: number')
    },
    startMs,
  )

  test(
    'refuses a wrong field, a wrong type, a wrong path and a wrong code',
    async () => {
      const wrong: Record<string, string> = {
        "client.compra({ lineas: [{ producto: 'x', cantidad: 1 }] })": 'productoId',
        "client.compra({ lineas: [{ productoId: 'x', cantidad: '1' }] })": 'number',
        "await client.pedidos.pedidos.get({ query: { limite: 1, cliente: 'x' } })": 'cliente',
        'await client.pedidos.pagos.get()': 'pagos',
        "export const { importe } = await unwrap(client.pedidos.pedidos({ id: 'x' }).get())":
          'importe',
        'for await (const { clienteId } of client.eventos()) console.log(clienteId)': 'clienteId',
      }
      const lines = Object.keys(wrong)
      const head = "import { createClient, unwrap } from '@encargo/client'"
      const program = [head, "const client = createClient({ origin: 'http://x' })", ...lines].join(
        '\n',
      )
      const errors = await check(program)
      expect(errors).toHaveLength(lines.length)
      for (const [index, name] of Object.values(wrong).entries()) {
        expect(errors[index]).toContain(`program.ts(${index + 3},`)
        expect(errors[index]).toContain(name)
      }
    },
    startMs,
  )

  for (const runtime of runtimes) {
    test(
      `runs its README against the shop as it is started, in ${runtime}`,
      async () => {
        await Bun.write(join(project, 'shop.mjs'), programFor(runtime))
        await Bun.write(join(project, 'worker.mjs'), worker)
        const commands: Record<string, string[]> = {
          bun: [process.execPath, 'shop.mjs'],
          node: ['node', 'shop.mjs'],
          worker: ['node', '--experimental-vm-modules', '--no-warnings', 'worker.mjs'],
        }
        const child = Bun.spawn(commands[runtime] ?? [], {
          cwd: project,
          stdout: 'pipe',
          stderr: 'pipe',
        })
        let output = ''
        const decoder = new TextDecoder()
        for await (const chunk of child.stdout) {
          output += decoder.decode(chunk, { stream: true })
          await complete(output)
        }
        const errors = await new Response(child.stderr).text()
        expect([errors, await child.exited]).toEqual(['', 0])
        expectBought(output)
      },
      startMs,
    )
  }

  const executable = findBrowser()
  if (executable === undefined) leftOut('test/system/client-package.test.ts, in a browser,')
  const pages = {
    'of the shop itself, where no script sees the refresh token': true,
    'of another origin, without a cookie': false,
  }
  for (const [place, own] of executable === undefined ? [] : Object.entries(pages)) {
    test(
      `runs its README in a page ${place}`,
      async () => {
        program = `${programFor(own ? 'propia' : 'ajena')}\nconsole.log('fin')`
        const browser = await launch(executable ?? '')
        const { page, context, close } = await visit(browser, own ? shop : elsewhere.url.origin)
        if (own) {
          for (const path of ['/prueba', '/program.js', '/client.js']) {
            const part = pageAt(path, program)
            const body = await part.text()
            const contentType = part.headers.get('content-type') ?? ''
            await page.route(`**${path}`, (route) => route.fulfill({ body, contentType }))
          }
        }
        const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
        page.on('pageerror', reject)
        let output = ''
        page.on('console', (message) => {
          if (message.text() === 'fin') return resolve()
          if (message.type() === 'log') output += `${message.text()}\n`
          void complete(output).catch(reject)
        })
        await page.goto('/prueba')
        await ended
        expectBought(output)
        const kept = '[document.cookie, { ...localStorage }, { ...sessionStorage }]'
        expect(await page.evaluate<unknown>(kept)).toEqual(['', {}, {}])
        const cookies = await context.cookies()
        expect(cookies.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual(
          own ? [[true, 'Strict']] : [],
        )
        await close()
        await browser.close()
      },
      startMs,
    )
  }
})
