import { copyFileSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { unwrap } from '@encargo/client'
import type { ServiceName } from '@encargo/service-kit/run/config'
import { compile } from '../scripts/build/compile.ts'
import { gather } from '../scripts/build/contents.ts'
import { as, patientClient } from '../scripts/lib/client.ts'
import { wholeNumber } from '../scripts/lib/command-line.ts'
import { root } from '../scripts/lib/install.ts'
import { eachLine } from '../scripts/lib/services.ts'
import { commit } from '../scripts/lib/version.ts'
import { benchmark, commonHelp, commonOptions, type Section } from './harness.ts'
import { residentBytes } from './proc.ts'
import type { Session } from './session.ts'
import { median } from './stats.ts'
import { figure, mebibytes } from './table.ts'
import { createProducts, createShoppers } from './targets/prepare.ts'
import { admin } from './targets/system.ts'

const help = `Usage: bun bench/executable.ts [rounds] [options]

What the executable weighs, and how long it takes from being copied to an empty folder to its first
purchase, beside the same shop from its sources (\`bun run start --juntos\`), in turns (9 rounds unless
told otherwise). It is started twice in its folder: without data, and with it.

${commonHelp}`

const mostBytes = 130e6
/** Of the sources' time to start. */
const mostOfSources = 1.2
const mostToBuyMs = 2_000

interface Start {
  readonly bytes: number
  /** From the start of the process until it says that it can be reached, without data and with it. */
  readonly firstMs: number
  readonly againMs: number
  /** From nothing being there until a purchase was answered. */
  readonly boughtMs: number
}

async function startIn(folder: string, command: readonly string[], session: Session) {
  const begun = performance.now()
  const child = Bun.spawn([...command], {
    cwd: folder,
    env: {
      PATH: folder,
      HOME: folder,
      DATA_DIR: join(folder, 'data'),
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      PUERTO_UNICO: '0',
      LOG_LEVEL: 'warn',
    },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  session.defer(() => child.kill('SIGKILL'))
  const ready = Promise.withResolvers<string>()
  const read = eachLine(child.stdout, (line) => {
    const [, url] = /^tienda ready at (\S+)$/.exec(line) ?? []
    if (url !== undefined) ready.resolve(url)
  })
  void read.then(() => ready.reject(new Error('it ended before it was ready')))
  const origin = await ready.promise
  const ms = performance.now() - begun
  const stop = async () => {
    child.kill('SIGTERM')
    await child.exited
  }
  return { origin, ms, pid: child.pid, stop }
}

async function buyOnce(origin: string): Promise<void> {
  const at = (service: ServiceName) => `${origin}/api/${service}`
  const client = patientClient({
    auth: at('auth'),
    productos: at('productos'),
    inventario: at('inventario'),
    pedidos: at('pedidos'),
  })
  const [[productoId = ''], [shopper]] = await Promise.all([
    createProducts(client, 1, 10),
    createShoppers(client, 1),
  ])
  const lineas = [{ productoId, cantidad: 1 }]
  await unwrap(client.pedidos.pedidos.post({ lineas }, as((await shopper?.token()) ?? '')))
}

async function measure(session: Session, name: string, file: string | undefined): Promise<Start> {
  const folder = session.path(name)
  const begun = performance.now()
  mkdirSync(folder)
  const copy = join(folder, 'encargo')
  if (file !== undefined) copyFileSync(file, copy)
  const source = [process.execPath, join(root, 'scripts', 'start.ts'), '--juntos']
  const command = file === undefined ? source : [copy]
  const first = await startIn(folder, command, session)
  await buyOnce(first.origin)
  const boughtMs = performance.now() - begun
  await first.stop()
  const again = await startIn(folder, command, session)
  const bytes = residentBytes(again.pid) ?? Number.NaN
  await again.stop()
  return { bytes, firstMs: first.ms, againMs: again.ms, boughtMs }
}

async function compare(session: Session, rounds: number): Promise<Section> {
  session.say('building')
  const file = session.path('encargo')
  const assets = await gather(session.path('contents'))
  await compile({ target: undefined, outfile: file, assets, commit: commit() })
  const [files, sources]: [Start[], Start[]] = [[], []]
  const turns = [
    async () => files.push(await measure(session, `file-${files.length}`, file)),
    async () => sources.push(await measure(session, `source-${sources.length}`, undefined)),
  ]
  for (let round = 0; round < rounds; round += 1) {
    session.say(`round ${round + 1} of ${rounds}`)
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn()
  }
  const middle = (starts: readonly Start[], of: keyof Start) => median(starts.map((one) => one[of]))
  const row = (what: string, starts: readonly Start[]) => [
    what,
    ...(['firstMs', 'againMs', 'boughtMs'] as const).map((of) => figure(middle(starts, of))),
    mebibytes(middle(starts, 'bytes')),
  ]
  const { size } = statSync(file)
  const ratio = middle(files, 'againMs') / middle(sources, 'againMs')
  const bought = middle(files, 'boughtMs')
  const table = {
    title: `${rounds} rounds in turns, medians; the executable weighs ${figure(size / 1e6)} MB`,
    columns: ['form', 'first start, ms', 'start, ms', 'first purchase, ms', 'MiB when ready'],
    rows: [row('executable', files), row('sources', sources)],
    notes: [`It starts in ${figure(ratio)} of the time that its sources take.`],
  }
  const wrong = [
    ...(size > mostBytes ? [`it weighs more than ${mostBytes / 1e6} MB`] : []),
    ...(ratio > mostOfSources ? [`it takes more than ${mostOfSources} of their time`] : []),
    ...(bought > mostToBuyMs ? [`nobody has bought after ${mostToBuyMs} ms`] : []),
  ]
  return { tables: [table], data: { size, files, sources }, wrong }
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'executable takes how many rounds' },
  choose: (values, [rounds = '9']) => ({
    ...values,
    rounds: wholeNumber('rounds', rounds, 1, 600),
  }),
  async *measure(session, { rounds }) {
    yield ['executable', await compare(session, rounds)]
  },
})
process.exit(exitCode)
