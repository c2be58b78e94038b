import { scopes } from '@encargo/service-kit/identity/tokens'
import { encodeCursor } from '@encargo/service-kit/http/pagination'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bearer, type Services, sign, startMs, startServices } from '../security/fixture.ts'
import { type Operacion, operationsOf } from '../security/openapi.ts'
import { plausible } from '../security/plausible.ts'
import { pick } from '../security/rubbish.ts'
import { admin } from '../system/harness.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const rounds = 1

const Token = Type.Object({ access_token: Type.String() })

/** What PostgreSQL has no place for in a text, and SQLite has. */
const nul = 'a\0b'
const cursors = [nul, [nul, nul], [0, nul], { id: nul }, [nul]].map(encodeCursor)

/** Each text of a value, and each name, spoiled in turn. */
function spoiled(value: unknown): unknown[] {
  if (typeof value === 'string') return [nul, `${value}\0`]
  if (Array.isArray(value)) {
    return value.flatMap((one, at) => spoiled(one).map((bad) => value.with(at, bad)))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [
    ...spoiled(one).map((bad) => ({ ...value, [name]: bad })),
    { ...value, [`${name}\0`]: one },
  ])
}

interface Request {
  readonly operation: Operacion
  readonly path: string
  readonly body: unknown
  readonly basic: boolean
}

/** What an operation is asked with U+0000 in it: in its path, its query, its body, or a name and secret. */
function requestsOf(random: () => number, operation: Operacion, id: string): Request[] {
  const { path, query, body } = operation
  const good = path.replaceAll(/\{[^}]+\}/g, id)
  const whole = plausible(random, body, [id])
  const asked = { operation, path: good, body: whole, basic: false }
  const values: [name: string, value: string][] = query.map(({ name, schema }) => [
    name,
    String(plausible(random, schema, [id])),
  ])
  const queries = values.flatMap(([name], at) =>
    (name === 'cursor' ? [nul, ...cursors] : [nul]).map(
      (bad) =>
        new URLSearchParams(
          values.with(at, [name, bad]).filter(([one]) => one === name || random() < 0.3),
        ),
    ),
  )
  const spoiledPaths = [...path.matchAll(/\{[^}]+\}/g)].map(({ 0: hole, index }) => {
    const before = path.slice(0, index).replaceAll(/\{[^}]+\}/g, id)
    const after = path.slice(index + hole.length).replaceAll(/\{[^}]+\}/g, id)
    return `${before}${encodeURIComponent(nul)}${after}`
  })
  const bodies = spoiled(whole)
  return [
    ...spoiledPaths.map((bad) => ({ ...asked, path: bad })),
    ...queries.map((bad) => ({ ...asked, path: `${good}?${bad}` })),
    ...(bodies.length > 0
      ? [{ ...asked, body: pick(random, bodies as [unknown, ...unknown[]]) }]
      : []),
    { ...asked, basic: true },
  ]
}

const form = (body: object) => {
  const fields: [string, string][] = Object.entries(body).map(([name, one]) => [name, String(one)])
  return new URLSearchParams(fields).toString()
}

/** As the boss and as a program that may do everything. */
async function callersOf(services: Services): Promise<Record<string, string>[]> {
  const login = await services.post('auth', '/login', admin)
  const { access_token } = Value.Parse(Token, await login.json())
  const program = await sign(services, { sub: 'prueba', scope: scopes.join(' ') })
  return [bearer(access_token), bearer(program)]
}

describeOnPostgres('U+0000', () => {
  let url: string
  let both: Services[]
  beforeAll(async () => {
    url = await testDatabase()
    both = await Promise.all([startServices(), startServices({ DATABASE_URL: url })])
  }, startMs)
  afterAll(async () => {
    console.log(`U+0000: FUZZ_SEED=${seed}`)
    await Promise.all(both.map((one) => one.stop()))
    await dropDatabase(url)
  }, startMs)

  test('anywhere in a request is refused or looked for in vain, and by PostgreSQL as by SQLite', async () => {
    const random = createRandom(seed)
    const callers = await Promise.all(both.map(callersOf))
    const operations = await operationsOf(both[0] ?? expect.unreachable())
    const faults: string[] = []
    let sent = 0
    async function statusOf(at: number, who: number, { operation, path, body, basic }: Request) {
      const { service, method } = operation
      const services = both[at] ?? expect.unreachable()
      const authorization = basic
        ? { authorization: `Basic ${btoa(`${nul}:${nul}`)}` }
        : callers[at]?.[who]
      const sends = path.endsWith('/token') || path.includes('/oauth')
      const answer = await services.send(service, path, {
        method,
        headers: {
          ...authorization,
          ...(method === 'GET'
            ? {}
            : { 'content-type': sends ? 'application/x-www-form-urlencoded' : 'application/json' }),
        },
        ...(method === 'GET' || body === undefined
          ? {}
          : { body: sends && body instanceof Object ? form(body) : JSON.stringify(body) }),
      })
      await answer.body?.cancel()
      return answer.status
    }
    for (let round = 0; round < rounds; round++) {
      for (const operation of operations) {
        for (const request of requestsOf(random, operation, Bun.randomUUIDv7())) {
          const who = random() < 0.5 ? 0 : 1
          const [sqlite, postgres] = await Promise.all(
            [0, 1].map((at) => statusOf(at, who, request)),
          )
          sent++
          if (sqlite === postgres && Number(postgres) < 500) continue
          faults.push(
            `${sqlite} and ${postgres} to ${JSON.stringify({ ...request, operation: [operation.service, operation.method] })}`,
          )
        }
      }
    }
    expect(faults).toEqual([])
    expect(sent).toBeGreaterThan(rounds * operations.length)
  }, 60_000)
})
