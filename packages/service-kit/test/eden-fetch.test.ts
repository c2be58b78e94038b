import { treaty } from '@elysiajs/eden'
import { describe, expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { createResilientFetch } from '@encargo/circuit-breaker'
import { forEden } from '../src/peer/eden-fetch.ts'

const value = {
  sku: '2024-01-05',
  en: '2026-01-15T12:00:00.000Z',
  n: 0,
  vacio: '',
  nada: null,
  falso: false,
  lista: [[], {}, 'x', { '': 1.5 }],
}
type App = ReturnType<typeof appOf>
const appOf = () => new Elysia().get('/', (): typeof value => value)

async function ask(fetcher: typeof fetch) {
  const client = treaty<App>('http://localhost:9', { parseDate: false, fetcher })
  try {
    const { data, error, status, response } = await client.get()
    const refusal = error && { status: error.status, value: error.value as unknown }
    return { data, error: refusal, status, retryAfter: response?.headers.get('retry-after') }
  } catch (error) {
    return error instanceof Error ? error.name : error
  }
}

/** What two Eden clients make of the same answer: one as it is, one with `forEden`. */
async function both(answer: () => Response) {
  const fetcher = Object.assign(async () => answer(), { preconnect: fetch.preconnect })
  return [await ask(fetcher), await ask(forEden(fetcher))]
}

const headers = { 'content-type': 'application/json; charset=utf-8', 'retry-after': '7' }

describe('a fetcher for Eden', () => {
  const answers: Record<string, () => Response> = {
    'JSON of every kind': () => new Response(JSON.stringify(value), { headers }),
    'a refusal in JSON': () => new Response(JSON.stringify({ a: 1 }), { status: 409, headers }),
    'a problem': () =>
      new Response('{"codigo":"x"}', {
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '7' },
      }),
    'JSON that is broken': () => new Response('{"a"', { headers }),
    'no body at all': () => new Response(null, { status: 204 }),
    'a text': () => new Response('hola', { headers: { 'content-type': 'text/plain' } }),
  }
  for (const [what, answer] of Object.entries(answers)) {
    test(`changes nothing of ${what}`, async () => {
      const [plain, ours] = await both(answer)
      expect(ours).toEqual(plain)
    })
  }

  test('gives texts that look like dates as the texts they are', async () => {
    const [, ours] = await both(() => Response.json(value))
    expect(ours).toMatchObject({ data: value, status: 200 })
  })

  test('lets the resilient fetch know that the answer was read', async () => {
    let open = 0
    const fetcher = createResilientFetch({
      target: 'x',
      fetch: Object.assign(async () => Response.json(value), { preconnect: fetch.preconnect }),
      setTimer() {
        open++
        return () => void open--
      },
    })
    const { data } = await treaty<App>('http://localhost:9', { fetcher: forEden(fetcher) }).get()
    expect(data).toEqual(value)
    expect(open).toBe(0)
  })
})
