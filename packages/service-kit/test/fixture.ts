import { StorageUnavailableError } from '@encargo/storage'
import { Type } from '@sinclair/typebox'
import { Elysia, t } from 'elysia'
import { appOptions, service, type ServiceOptions } from '../src/http/service.ts'
import { chargeAnswer } from '../src/http/plugins/rate-limit.ts'
import { cerrado, consulta, limitePorDefecto, paginacion, Uuid } from '../src/http/schemas.ts'
import { createLogger } from '../src/run/logger.ts'
import { PeerMisfitError } from '../src/peer/peer-fit.ts'
import { PeerUnavailableError } from '../src/peer/peer.ts'
import { problemError, rechazar, rechazos } from '../src/http/problems.ts'
import { createTestTokens, testServiceOptions } from '../src/testing/service.ts'

const Cosa = Type.Object({ a: Type.Integer() })
const cosa = { 200: Cosa, ...rechazos('sku-en-uso', 'stock-insuficiente') }
const Nueva = cerrado({ a: Type.Integer({ minimum: 1 }), b: Type.Optional(Type.String()) })
const Credenciales = cerrado({ email: Type.String(), password: Type.String() }, 'Credenciales')
const Consulta = consulta({ ...paginacion, activo: Type.Optional(t.Boolean()) })
const Ruta = Type.Object({ id: Uuid })

type Base = ReturnType<typeof service>

/** Answers as a careless handler would, past what the types allow. */
const careless = (body: unknown) => body as { a: number }

const routes = (base: Base) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get('/cosas', ({ query }) => ({ a: query.limite ?? limitePorDefecto }), {
      publico: true,
      query: Consulta,
      response: cosa,
    })
    .post('/cosas', ({ body }) => body, { acceso: 'personal', body: Nueva, response: cosa })
    .get('/cosas/:id', () => ({ a: 1 }), { acceso: 'usuario', params: Ruta, response: cosa })
    .post('/eco', ({ body }) => ({ body: body ?? null }), { publico: true })
    .post('/eco/formulario', ({ body }) => ({ body: body ?? null }), {
      publico: true,
      detail: { 'x-formulario': true },
    })
    .post('/sesion', () => ({ a: 1 }), {
      publico: true,
      body: Credenciales,
      response: cosa,
      detail: { 'x-formulario': true },
    })
    .get('/quien', ({ identidad }) => ({ identidad }), { publico: true })
    .get('/reservas', ({ identidad }) => ({ id: identidad.id }), { acceso: 'reservar' })
    .post(
      '/conflicto',
      ({ set }) => {
        set.headers['x-propio'] = 'si'
        return rechazar('stock-insuficiente', {
          detail: 'Faltan 2.',
          faltantes: [{ productoId: 'p', solicitado: 3, disponible: 1 }],
        })
      },
      { publico: true, response: cosa },
    )
    .get('/respuesta-rota', () => careless({ a: 'clave-secreta' }), {
      publico: true,
      response: cosa,
    })
    .get(
      '/imprevisto',
      () => {
        throw new Error('SELECT clave FROM usuarios', { cause: new Error('disk went away') })
      },
      { publico: true, response: cosa },
    )
    .get(
      '/no-es-error',
      () => {
        // oxlint-disable-next-line no-throw-literal -- some library will, one day
        throw 'texto interno'
      },
      { publico: true },
    )
    .get(
      '/largo',
      ({ request }) => {
        chargeAnswer(request, 70 * 1024)
        return { largo: true }
      },
      { publico: true },
    )
    .get(
      '/almacen',
      () => {
        throw new StorageUnavailableError('disk-full')
      },
      { publico: true },
    )
    .get(
      '/almacen-en-duda',
      () => {
        throw new StorageUnavailableError('unreachable', undefined, true)
      },
      { publico: true },
    )
    .get(
      '/par-ajeno',
      () => {
        throw new PeerMisfitError('auth', 'Corrige SECRETO.')
      },
      { publico: true },
    )
    .get(
      '/par',
      () => {
        throw new PeerUnavailableError('inventario', 2500)
      },
      { publico: true },
    )
    .get(
      '/lanzado',
      () => {
        throw problemError('demasiadas-peticiones', { detail: 'Espera.' }, { 'retry-after': '7' })
      },
      { publico: true },
    )
    .post('/analizado', () => ({ a: 1 }), {
      publico: true,
      parse: () => {
        throw problemError('tipo-no-admitido', { detail: 'Se espera CSV.' })
      },
    })

/** A service with a route for each thing that can happen, what it logged, and tokens for it. */
export async function createProbe(over: Partial<ServiceOptions> = {}) {
  const tokens = createTestTokens()
  const lines: string[] = []
  const logger = createLogger({
    service: 'prueba',
    level: 'debug',
    write: (line) => lines.push(line),
  })
  const base = service({
    ...testServiceOptions(tokens.verifier),
    name: 'prueba',
    description: 'Un servicio de prueba.',
    logger,
    ...over,
  })
  const app = new Elysia({ ...appOptions }).use(base).use(routes(base))
  const call = (method: string, path: string, init: RequestInit = {}) =>
    app.handle(new Request(`http://localhost${path}`, { method, ...init }))
  return { app, call, lines, log: () => lines.join('\n'), ...tokens }
}
export type Probe = Awaited<ReturnType<typeof createProbe>>

/** After the answer, Elysia runs its last hooks in the next turn of the event loop. */
export const settled = () => new Promise<void>((resolve) => setImmediate(() => resolve()))
