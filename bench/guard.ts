/**
 * What the guard costs: requests per second of a guarded route beside those of the same route
 * without it, over real HTTP, in turns; and how long it takes to verify a token, seen and unseen.
 *
 *   bun bench/guard.ts [rounds]
 */
import { join } from 'node:path'
import { createTestTokens } from '@encargo/service-kit/testing'
import { TokenVerifier } from '@encargo/service-kit'
import { Connection, requestText } from './load/connection.ts'
import { median } from './stats.ts'
import { figure, renderTable } from './table.ts'

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

function startServer() {
  const ready = Promise.withResolvers<Ready>()
  const child = Bun.spawn(
    [process.execPath, '--no-orphans', join(import.meta.dir, 'guard/server.ts')],
    {
      env: { ...process.env, NODE_ENV: 'production' },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      ipc: (message: Ready) => ready.resolve(message),
      onExit: () => ready.reject(new Error('the server ended before it was ready')),
    },
  )
  return { ready: ready.promise, child }
}

/** Requests per second of `path`, asked again and again on each of the connections. */
async function rateOf(origin: string, path: string, token: string, ms: number): Promise<number> {
  const request = requestText({ method: 'GET', path, host: new URL(origin).host, token })
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(origin)))
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
  for (const connection of open) connection.close()
  return answered / seconds
}

async function measureRates(rounds: number) {
  const { ready, child } = startServer()
  try {
    const { plain, limited, token } = await ready
    const routes = {
      'without guard': () => rateOf(plain, '/sin', token, roundMs),
      guarded: () => rateOf(plain, '/con', token, roundMs),
      'guarded, rate limit on': () => rateOf(limited, '/con', token, roundMs),
    }
    await rateOf(plain, '/sin', token, warmUpMs)
    await rateOf(plain, '/con', token, warmUpMs)
    await rateOf(limited, '/con', token, warmUpMs)
    const names = Object.keys(routes)
    const rates = new Map<string, number[]>(names.map((name) => [name, []]))
    for (let round = 0; round < rounds; round += 1) {
      // In turns, and not always in the same order: what warms or disturbs the machine hits all alike.
      const entries = Object.entries(routes)
      for (const [name, measure] of round % 2 === 0 ? entries : entries.toReversed()) {
        rates.get(name)?.push(await measure())
      }
    }
    return rates
  } finally {
    child.kill()
    await child.exited
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
  const tokens = await createTestTokens()
  const make = () => tokens.token({ rol: 'cliente' })
  const verifier = () => new TokenVerifier({ fetchKeys: () => Promise.resolve(tokens.jwks) })
  const texts = await Promise.all(Array.from({ length: 2_000 }, make))
  const text = (at: number) => texts[at] ?? ''
  const warm = verifier()
  await timed(texts.length, (at) => warm.verify(text(at)))
  const fresh = verifier()
  const unseen = await timed(texts.length, (at) => fresh.verify(text(at)))
  const seen = await timed(200_000, (at) => fresh.verify(text(at % texts.length)))
  return { seen, unseen }
}

const rounds = Number(process.argv[2] ?? 9)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`rounds must be a whole number from 1, got ${JSON.stringify(process.argv[2])}`)
  process.exit(1)
}
const rates = await measureRates(rounds)
const bare = rates.get('without guard') ?? []
const rows = [...rates].map(([name, values]) => {
  const ratio = median(values.map((value, at) => value / (bare[at] ?? Number.NaN)))
  return [name, figure(median(values)), ratio.toFixed(3)]
})
const { seen, unseen } = await measureVerification()
console.log(
  renderTable({
    title: `The guard, ${rounds} rounds in turns, ${connections} connections`,
    columns: ['route', 'requests/s (median)', 'ratio (median)'],
    rows,
    notes: [`Target for guarded: ${target} of the route without guard.`],
  }),
)
console.log(
  renderTable({
    title: 'Verifying a token',
    columns: ['token', 'µs'],
    rows: [
      ['seen before', figure(seen)],
      ['unseen', figure(unseen)],
    ],
  }),
)
