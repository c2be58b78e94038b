import { Database } from 'bun:sqlite'
import { openFakeStripe } from '../../scripts/fake-stripe/fake-stripe.ts'
import { signature } from '../../scripts/fake-stripe/notices.ts'
import type { BenchOptions } from '../args.ts'
import type { Section } from '../harness.ts'
import { requestText } from '../load/connection.ts'
import { askSteadily } from '../logins/open-loop.ts'
import type { Session } from '../session.ts'
import { median, percentile } from '../stats.ts'
import { figure } from '../table.ts'
import { databaseFile } from '../targets/system.ts'
import { beginSystem } from './begin.ts'

const perSecond = 500
const connections = 64
const warmUpMs = 1_000
/** The most that a notice may wait for its answer, which it gets when it is on disk; p99, in milliseconds. */
const target = 50

interface Round {
  readonly what: string
  readonly p50: number
  readonly p99: number
  /** A second. */
  readonly answered: number
}

/** Of a payment that this shop knows nothing of: what is asked because of it is the driver's. */
const bodyOf = (n: number) =>
  JSON.stringify({
    id: `evt_${n}`,
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: { id: `cs_test_${n}`, object: 'checkout.session' } },
  })

/** The medians of rounds of the same. */
function inTheMiddle(rounds: readonly Round[]): Round {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  const what = rounds[0]?.what ?? ''
  return {
    what,
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    answered: middle(({ answered }) => answered),
  }
}

/** A provider that has much to tell, and says it again: each notice is durable before it is answered. */
export async function notices(
  session: Session,
  { form, rounds: many, roundMs }: BenchOptions,
): Promise<Section> {
  const stripe = openFakeStripe()
  session.defer(() => stripe.close())
  const folder = session.path('notices')
  const settings = {
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  }
  const system = await beginSystem(session, { form, folder, settings })
  const { host, origin } = new URL(system.urls.pagos)
  const request = (n: number) => {
    const body = bodyOf(n)
    const headers = { 'Stripe-Signature': signature(body, [stripe.webhookSecret], Date.now()) }
    return requestText({ method: 'POST', path: '/avisos/stripe', host, headers, body })
  }
  let told = 0
  /** @param from the number of the first */
  async function round(what: string, from: number, durationMs: number): Promise<Round> {
    const pace = { origin, perSecond, durationMs, connections }
    const { latencies, elapsedMs } = await askSteadily({
      ...pace,
      request: (at) => request(from + at),
    })
    told = Math.max(told, from + latencies.length)
    const [p50, p99] = [median(latencies), percentile(latencies, 0.99)]
    session.say(`${what}: p99 ${figure(p99)} ms`)
    return { what, p50, p99, answered: (latencies.length * 1000) / elapsedMs }
  }
  await round('warming up', 0, warmUpMs)
  const news: Round[] = []
  const again: Round[] = []
  for (let n = 0; n < many; n++) {
    const first = told
    news.push(await round('new ones', first, roundMs))
    again.push(await round('the same again', first, roundMs))
  }
  const rounds = [inTheMiddle(news), inTheMiddle(again)]
  await system.stop()
  const kept = countKept(folder)
  const late = rounds.filter(({ p99 }) => p99 >= target)
  const lost = kept === told ? [] : [`${told} notices were answered and ${kept} are on disk`]
  return {
    tables: [
      {
        title: `A provider's notices, ${perSecond} a second, medians of ${many} rounds, in ms`,
        columns: ['what', 'p50', 'p99', 'answers/s'],
        rows: rounds.map(({ what, p50, p99, answered }) => [
          what,
          figure(p50),
          figure(p99),
          figure(answered),
        ]),
        notes: [`${kept} of ${told} are on disk, each once; the p99 is to be under ${target} ms.`],
      },
    ],
    data: { rounds, told, kept },
    wrong: [...late.map(({ what, p99 }) => `${what}: p99 of ${figure(p99)} ms`), ...lost],
  }
}

function countKept(folder: string): number {
  const database = new Database(databaseFile(folder, 'pagos'), { readonly: true })
  try {
    const row = database.query<{ kept: number }, []>('SELECT count(*) AS kept FROM avisos').get()
    return row?.kept ?? 0
  } finally {
    database.close()
  }
}
