import { parseConfig } from '@encargo/service-kit/run/config'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { createNetwork, testOutside } from '@encargo/service-kit/testing/outside'
import { createTestClock, createTestTokens } from '@encargo/service-kit/testing/service'
import { rows } from '@encargo/storage/testing'
import { databaseSettings, onPostgres } from '@encargo/storage/testing/postgres'
import { PagosConfig } from '../src/config.ts'
import { open } from '../src/open.ts'

/** Of the service that was opened last. */
let clock = createTestClock()
export const tokens = createTestTokens(() => clock.ms())
export const adminId = Bun.randomUUIDv7()
export const admin = tokens.as({ id: adminId, rol: 'admin' })
export const operador = tokens.as({ rol: 'operador' })
export const cliente = tokens.as({ rol: 'cliente' })

type Json = Record<string, unknown> & { readonly datos?: readonly Record<string, unknown>[] }

/** The service on a database of its own, with a clock that moves when told. */
export async function openPagos(more: Record<string, string> = {}) {
  const network = createNetwork()
  network.answer('auth.test', { fetch: () => Response.json(tokens.jwks) })
  clock = createTestClock()
  const config = parseConfig(PagosConfig, {
    DATA_DIR: testFolder('pagos', cleanUp),
    ...(await databaseSettings(cleanUp)),
    AUTH_URL: 'http://auth.test',
    PEDIDOS_URL: 'http://pedidos.test',
    RATE_LIMIT: 'off',
    ...more,
  })
  const opened = await open(config, testOutside({ fetch: network.fetch, clock }))
  // What a power cut would take is no concern here, and to wait for the disk takes most of the time.
  if (!onPostgres) await rows(opened.storage, 'PRAGMA synchronous = OFF')
  cleanUp(opened.close)
  const { app, store } = opened

  async function send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const init = { method, headers: { ...type, ...headers }, ...json }
    const answer = await app.handle(new Request(`http://pagos.test${path}`, init))
    return {
      status: answer.status,
      headers: answer.headers,
      json: (await answer.json().catch(() => ({}))) as Json,
    }
  }
  return { app, store, clock, network, send }
}
