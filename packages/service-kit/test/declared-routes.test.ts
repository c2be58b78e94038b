import { expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { appOptions, service } from '../src/http/service.ts'
import { serve } from '../src/http/serve.ts'
import { silentLogger } from '../src/run/logger.ts'
import { undeclaredRoutes } from '../src/http/declared-routes.ts'
import { createTestTokens, testServiceOptions } from '../src/testing/service.ts'
import { createProbe } from './fixture.ts'

const { verifier } = createTestTokens()

/** The types refuse this where it is written in place; here it comes from elsewhere. */
const inventada = { detail: { summary: 'Inventada', 'x-acceso': 'cualquiera' } }

/** A service whose author forgot to say who may call two of its routes, and hid a third. */
function careless() {
  const base = service({ ...testServiceOptions(verifier), name: 'prueba', description: 'Prueba.' })
  return new Elysia({ ...appOptions })
    .use(base)
    .get('/abierta', () => 'a', { publico: true })
    .get('/personal', () => 'b', { acceso: 'personal' })
    .delete('/olvidada', () => 'c')
    .get('/inventada', () => 'd', inventada)
    .get('/escondida', () => 'e', { acceso: 'admin', detail: { hide: true } })
}
const forgotten = ['DELETE /olvidada', 'GET /inventada', 'GET /escondida']

test('a route without a declared rule is named, and so is one that hides from the document', () => {
  expect(undeclaredRoutes(careless().routes)).toEqual(forgotten)
})

test('the routes that every service has are declared', async () => {
  const { app } = await createProbe()
  expect(app.routes.length).toBeGreaterThan(15)
  expect(undeclaredRoutes(app.routes)).toEqual([])
})

test('a service with such a route does not even start', () => {
  const options = { name: 'prueba', hostname: '127.0.0.1', port: 0, logger: silentLogger }
  const start = () => serve(careless(), { ...options, close: () => Promise.resolve() })
  expect(start).toThrow(`routes without acceso or publico: ${forgotten.join(', ')}`)
})
