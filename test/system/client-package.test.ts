import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../packages/client/build/build.ts'
import { type ServiceName, serviceNames } from '@encargo/service-kit/config'
import { startSystem, type System } from './harness.ts'
import { loginAdmin, must, newProduct } from './walk.ts'

const readme = await Bun.file(join(import.meta.dir, '../../packages/client/README.md')).text()
const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''

const startMs = 60_000
/** Node is not needed for anything else here. */
const runtimes = ['bun', 'node'].filter((name) => name === 'bun' || Bun.which(name) !== null)
if (!runtimes.includes('node'))
  console.log('left out: the packed client in Node, which is not here')
let work: string
let project: string
let system: System
let gateway: Bun.Server<undefined>

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

const isService = (name: string | undefined): name is ServiceName =>
  serviceNames.some((one) => one === name)

/** One origin for the four services, as the shop window's server is one. */
function openGateway({ origins }: System): Bun.Server<undefined> {
  return Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      const [, api, service, ...rest] = pathname.split('/')
      if (api !== 'api' || !isService(service)) return new Response(null, { status: 404 })
      return fetch(`${origins[service]}/${rest.join('/')}${search}`, {
        method: request.method,
        headers: request.headers,
        body: request.body,
      })
    },
  })
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
  gateway = openGateway(system)
  const { clients } = system
  const { headers } = await loginAdmin(clients)
  const id = await newProduct(clients, 450, 10)
  const nombre = 'Café de altura'
  must(await clients.productos.productos({ id }).patch({ nombre }, { headers }))
}, startMs)
afterAll(async () => {
  await gateway.stop(true)
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
      `runs its README against the four processes, in ${runtime}`,
      async () => {
        const { clients } = system
        const { headers } = await loginAdmin(clients)
        const email = `ana-${runtime}@correo.example`
        const program = example
          .replace('http://127.0.0.1:3000', `http://127.0.0.1:${gateway.port}`)
          .replace('ana@correo.example', email)
        await Bun.write(join(project, 'shop.mjs'), program)
        const binary = runtime === 'bun' ? process.execPath : 'node'
        const child = Bun.spawn([binary, 'shop.mjs'], {
          cwd: project,
          stdout: 'pipe',
          stderr: 'pipe',
        })
        // The order that the program follows is completed once it is there.
        let output = ''
        const decoder = new TextDecoder()
        for await (const chunk of child.stdout) {
          output += decoder.decode(chunk, { stream: true })
          if (!output.includes('Pendiente') || output.includes('Completado')) continue
          const query = { estado: 'Pendiente' as const, limite: 200 }
          const { datos } = must(await clients.pedidos.pedidos.get({ query, headers }))
          for (const { id } of datos) {
            must(await clients.pedidos.pedidos({ id }).patch({ estado: 'Completado' }, { headers }))
          }
        }
        const errors = await new Response(child.stderr).text()
        expect([errors, await child.exited]).toEqual(['', 0])
        const numero = /^Pedido (\d+): 450 USD$/m.exec(output)?.[1]
        expect(output.trim().split('\n')).toEqual([
          `Pedido ${numero}: 450 USD`,
          `Pedido ${numero} está Pendiente`,
          `Pedido ${numero} está Completado`,
        ])
      },
      startMs,
    )
  }
})
