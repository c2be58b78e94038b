// The service that `bun bench/guard.ts` asks: one route with the guard and the same one without.
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { serve } from '@encargo/service-kit/http/serve'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { createTestTokens, testServiceOptions } from '@encargo/service-kit/testing/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'

const Saludo = Type.Object({ id: Type.String(), total: Type.Integer() })
const saludo = { id: '01950000-0000-7000-8000-000000000000', total: 1999 }
const response = { 200: Saludo }

/** So much that nobody is refused: what is measured is the counting. */
const unreached = { perSecond: 1e9, burst: 1e9 }
const counting: ServiceOptions['rateLimit'] = {
  quotas: { persona: unreached, direccion: unreached },
}

const tokens = createTestTokens()

function listen(rateLimit: NonNullable<ServiceOptions['rateLimit']>) {
  const options = { ...testServiceOptions(tokens.verifier), rateLimit }
  const base = service({ ...options, name: 'guard', description: 'One route, twice.' })
  const app = new Elysia({ ...appOptions })
    .use(base)
    .get('/con', () => saludo, { acceso: 'usuario', response })
    .get('/sin', () => saludo, { response })
  // `serve` refuses a route without a rule, and rightly so; it is told of none.
  return serve(
    { fetch: (request) => app.fetch(request) },
    { name: 'guard', hostname: '127.0.0.1', port: 0, logger: silentLogger, close: async () => {} },
  ).url
}

const token = tokens.token({ rol: 'cliente' })
process.send?.({ plain: listen('off'), limited: listen(counting), token })
process.on('disconnect', () => process.exit(0))
