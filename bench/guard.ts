import { join } from 'node:path'
import { createTestTokens } from '@encargo/service-kit/testing/service'
import { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { wholeNumber } from '../scripts/lib/command-line.ts'
import { startChild } from './child.ts'
import {
  benchmark,
  commonHelp,
  commonOptions,
  figuresSection,
  inTurns,
  type Section,
} from './harness.ts'
import { Connection, requestText } from './load/connection.ts'
import { cpuSeconds } from './proc.ts'
import { median } from './stats.ts'
import { figure } from './table.ts'

const help = `Usage: bun bench/guard.ts [rounds] [options]

What the guard costs: requests per second of a guarded route beside those of the same route without
it, over real HTTP, in turns (9 rounds unless told otherwise); and how long it takes to verify a
token, seen and unseen.

${commonHelp}`

const connections = 16
const roundMs = 1_000
const warmUpMs = 1_500
/** The least share of the unguarded rate that the guarded one must reach. */
const target = 0.85

interface Ready {
  readonly plain: string
  readonly limited: string
  readonly token: string
}

interface Measured {
  readonly perSecond: number
  /** CPU that the server used for each, in microseconds; NaN where the system does not tell. */
  readonly cpuMicros: number
}

interface Asked {
  readonly origin: string
  readonly path: string
  readonly token: string
  readonly pid: number
}

/** Asks the path again and again on each of the connections. */
async function measure({ origin, path, token, pid }: Asked, ms: number): Promise<Measured> {
  const request = requestText({ method: 'GET', path, host: new URL(origin).host, token })
  const open = await Connection.openAll([origin], connections)
  const cpuBefore = cpuSeconds(pid) ?? Number.NaN
  const started = performance.now()
  let answered = 0
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() - started < ms) {
        const { status } = await connection.send(request)
        if (status !== 200) throw new Error(`${path} answered ${status}`)
        answered += 1
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const cpu = (cpuSeconds(pid) ?? Number.NaN) - cpuBefore
  for (const connection of open) connection.close()
  return { perSecond: answered / seconds, cpuMicros: (cpu * 1e6) / answered }
}

async function measureRates(rounds: number) {
  const child = startChild(join(import.meta.dir, 'guard/server.ts'))
  try {
    const { plain, limited, token } = await child.next<Ready>()
    const { pid } = child
    const routes = {
      'without guard': { origin: plain, path: '/sin', token, pid },
      guarded: { origin: plain, path: '/con', token, pid },
      'guarded, rate limit on': { origin: limited, path: '/con', token, pid },
    }
    const entries = Object.entries(routes)
    for (const [, asked] of entries) await measure(asked, warmUpMs)
    const rates = new Map<string, Measured[]>(entries.map(([name]) => [name, []]))
    await inTurns(rounds, entries, async ([name, asked]) => {
      rates.get(name)?.push(await measure(asked, roundMs))
    })
    return rates
  } finally {
    await child.stop()
  }
}

type Verify = (at: number) => Promise<{ readonly ok: boolean }>

/** Microseconds for each of so many verifications. */
async function timed(times: number, verify: Verify): Promise<number> {
  const started = performance.now()
  for (let at = 0; at < times; at += 1) {
    if (!(await verify(at)).ok) throw new Error('a good token was refused')
  }
  return ((performance.now() - started) * 1000) / times
}

/** Microseconds for each verification of a token that was seen, and of one that was not. */
async function measureVerification() {
  const tokens = createTestTokens()
  const make = () => tokens.token({ rol: 'cliente' })
  const verifier = () =>
    new TokenVerifier({ fetchKeys: () => Promise.resolve(tokens.jwks), now: Date.now })
  const texts = await Promise.all(Array.from({ length: 2_000 }, make))
  const text = (at: number) => texts[at] ?? ''
  const warm = verifier()
  await timed(texts.length, (at) => warm.verify(text(at)))
  const fresh = verifier()
  const unseen = await timed(texts.length, (at) => fresh.verify(text(at)))
  const seen = await timed(200_000, (at) => fresh.verify(text(at % texts.length)))
  return { seen, unseen }
}

async function guarded(rounds: number): Promise<Section> {
  const rates = await measureRates(rounds)
  const bare = rates.get('without guard') ?? []
  const ratios = (values: readonly Measured[], of: (one: Measured, base: Measured) => number) =>
    median(values.flatMap((value, at) => (bare[at] ? [of(value, bare[at])] : []))).toFixed(3)
  const rows = [...rates].map(([name, values]) => [
    name,
    figure(median(values.map((one) => one.perSecond))),
    ratios(values, (one, base) => one.perSecond / base.perSecond),
    figure(median(values.map((one) => one.cpuMicros))),
    ratios(values, (one, base) => base.cpuMicros / one.cpuMicros),
  ])
  const table = {
    title: `The guard, ${rounds} rounds in turns, ${connections} connections`,
    columns: ['route', 'requests/s', 'ratio', 'server CPU µs', 'ratio'],
    rows,
    notes: [
      `Medians. Target for guarded: ${target} of the rate without guard. On a busy machine the CPU is the`,
      'truer figure; its ratio is upside down, so that more is better in both.',
    ],
  }
  return { tables: [table], data: Object.fromEntries(rates), wrong: [] }
}

const exitCode = await benchmark(process.argv.slice(2), {
  help,
  options: commonOptions,
  names: { most: 1, takes: 'guard takes how many rounds' },
  choose: (values, [rounds = '9']) => ({
    ...values,
    rounds: wholeNumber('rounds', rounds, 1, 1_000),
  }),
  async *measure(_session, { rounds }) {
    yield ['guard', await guarded(rounds)]
    const verification = await measureVerification()
    yield ['verification', figuresSection('Verifying a token, in microseconds', [verification])]
  },
})
process.exit(exitCode)
