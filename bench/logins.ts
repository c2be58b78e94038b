import { patientClient } from '../scripts/lib/client.ts'
import { wholeNumber } from '../scripts/lib/command-line.ts'
import { benchmark, commonHelp, commonOptions, type Section } from './harness.ts'
import { askSteadily } from './logins/open-loop.ts'
import { beginSystem } from './modes/begin.ts'
import { requestText } from './load/connection.ts'
import { cpuSeconds } from './proc.ts'
import type { Session } from './session.ts'
import { median, percentile } from './stats.ts'
import { figure } from './table.ts'
import { createProducts, createShoppers } from './targets/prepare.ts'
import type { System } from './targets/system.ts'

const help = `Usage: bun bench/logins.ts [rounds] [seconds of each] [options]

What a crowd that signs in costs those who only look around: the p99 of reading the catalogue while
nobody signs in, and at 20 logins a second, in turns, over real HTTP and real processes (9 rounds of
5 seconds unless told otherwise).

${commonHelp}`

const loginsPerSecond = 20
const readsPerSecond = 200
const products = 200
const people = 40
const warmUpMs = 2_000
/** The most that the p99 may be raised to, as a multiple of its quiet value. */
const target = 3
/** Of the logins asked for, the least share that must be answered in their time. */
const sustained = 0.95

interface Round {
  readonly quiet: number
  readonly busy: number
  readonly quietMedian: number
  readonly busyMedian: number
  readonly loginMedian: number
  readonly loginP99: number
  readonly loginRate: number
  /** Of one core, while logins came. */
  readonly authCores: number
}

const hostOf = (origin: string) => new URL(origin).host

function readCatalogue({ urls }: System, durationMs: number) {
  const path = '/productos?limite=50'
  const request = requestText({ method: 'GET', path, host: hostOf(urls.productos) })
  const pace = { perSecond: readsPerSecond, durationMs, connections: 16 }
  return askSteadily({ origin: urls.productos, ...pace, request: () => request })
}

function signIn({ urls }: System, durationMs: number) {
  const host = hostOf(urls.auth)
  const requests = Array.from({ length: people }, (_, number) => {
    const body = { email: `comprador-${number}@encargo.example`, password: 'compra-compra-compra' }
    return requestText({ method: 'POST', path: '/login', host, body: JSON.stringify(body) })
  })
  const pace = { perSecond: loginsPerSecond, durationMs, connections: people }
  return askSteadily({ origin: urls.auth, ...pace, request: (at) => requests[at % people] ?? '' })
}

async function readQuietly(system: System, ms: number) {
  const { latencies } = await readCatalogue(system, ms)
  return { p50: median(latencies), p99: percentile(latencies, 0.99) }
}

async function readAmongLogins(system: System, ms: number) {
  const auth = system.processes.find(({ name }) => name === 'auth')?.pid ?? 0
  const before = cpuSeconds(auth) ?? Number.NaN
  const [reads, logins] = await Promise.all([readCatalogue(system, ms), signIn(system, ms)])
  const used = (cpuSeconds(auth) ?? Number.NaN) - before
  return { reads, logins, authCores: (used * 1000) / logins.elapsedMs }
}

/** One after the other, and not always in the same order. */
async function measure(system: System, ms: number, quietFirst: boolean): Promise<Round> {
  const early = quietFirst ? await readQuietly(system, ms) : undefined
  const { reads, logins, authCores } = await readAmongLogins(system, ms)
  const quiet = early ?? (await readQuietly(system, ms))
  return {
    quiet: quiet.p99,
    quietMedian: quiet.p50,
    busy: percentile(reads.latencies, 0.99),
    busyMedian: median(reads.latencies),
    loginMedian: median(logins.latencies),
    loginP99: percentile(logins.latencies, 0.99),
    loginRate: (logins.latencies.length * 1000) / logins.elapsedMs,
    authCores,
  }
}

const row = (name: string, p50: number, p99: number) => [name, figure(p50), figure(p99)]

function report(rounds: readonly Round[], seconds: number): Section {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  const ratio = middle(({ quiet, busy }) => busy / quiet)
  const rate = middle(({ loginRate }) => loginRate)
  const good = ratio <= target && rate >= sustained * loginsPerSecond
  const table = {
    title: `${rounds.length} rounds in turns, ${seconds} s each, medians of the rounds, in ms`,
    columns: ['what', 'p50', 'p99'],
    rows: [
      row(
        `reading the catalogue, ${readsPerSecond}/s, quiet`,
        middle(({ quietMedian }) => quietMedian),
        middle(({ quiet }) => quiet),
      ),
      row(
        'reading the catalogue among logins',
        middle(({ busyMedian }) => busyMedian),
        middle(({ busy }) => busy),
      ),
      row(
        `signing in, ${figure(rate)}/s`,
        middle(({ loginMedian }) => loginMedian),
        middle(({ loginP99 }) => loginP99),
      ),
    ],
    notes: [
      `p99 among logins to quiet: ${figure(ratio)} (median of the rounds; at most ${target}).`,
      `auth used ${figure(middle(({ authCores }) => authCores))} of a core meanwhile.`,
    ],
  }
  const wrong = good ? [] : ['reading among logins, or signing in, is outside the target']
  return { tables: [table], data: rounds, wrong }
}

async function measureRounds(session: Session, rounds: number, seconds: number) {
  const system = await beginSystem(session, { form: 'system', folder: session.path('logins') })
  const client = patientClient(system.urls)
  session.say(`preparing ${products} products and ${people} people`)
  await createProducts(client, products, 1)
  await createShoppers(client, people)
  await readAmongLogins(system, warmUpMs)
  const measured: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    session.say(`round ${round + 1} of ${rounds}`)
    const one = await measure(system, seconds * 1000, round % 2 === 0)
    session.say(`  p99 ${figure(one.quiet)} ms quiet, ${figure(one.busy)} ms among logins`)
    measured.push(one)
  }
  return report(measured, seconds)
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 2, takes: 'logins takes how many rounds, and how many seconds of each' },
  choose: (values, [rounds = '9', seconds = '5']) => ({
    ...values,
    rounds: wholeNumber('rounds', rounds, 1, 600),
    seconds: wholeNumber('seconds', seconds, 1, 600),
  }),
  async *measure(session, { rounds, seconds }) {
    yield ['logins', await measureRounds(session, rounds, seconds)]
  },
})
process.exit(exitCode)
