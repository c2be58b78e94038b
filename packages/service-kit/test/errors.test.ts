import { Breaker } from '@encargo/circuit-breaker'
import { beforeAll, describe, expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { silentLogger } from '../src/run/logger.ts'
import { errors } from '../src/http/plugins/errors.ts'
import { createProbe, type Probe } from './fixture.ts'

let probe: Probe
beforeAll(async () => {
  probe = await createProbe()
})

async function problem(method: string, path: string, init: RequestInit = {}) {
  const answer = await probe.call(method, path, init)
  const body: Record<string, unknown> = JSON.parse(await answer.text())
  return { answer, body, status: answer.status }
}

describe('every error', () => {
  const all = [
    ['GET', '/nada', 404, 'no-encontrado'],
    ['PATCH', '/cosas', 405, 'metodo-no-permitido'],
    ['GET', '/cosas/x', 401, 'no-autenticado'],
    ['GET', '/cosas?limite=0', 422, 'datos-invalidos'],
    ['POST', '/conflicto', 409, 'stock-insuficiente'],
    ['GET', '/respuesta-rota', 500, 'error-interno'],
    ['GET', '/imprevisto', 500, 'error-interno'],
    ['GET', '/no-es-error', 500, 'error-interno'],
    ['GET', '/almacen', 503, 'almacenamiento-no-disponible'],
    ['GET', '/par', 503, 'servicio-no-disponible'],
    ['GET', '/lanzado', 429, 'demasiadas-peticiones'],
  ] as const

  for (const [method, path, status, codigo] of all) {
    test(`is problem+json with instance and request id: ${method} ${path} -> ${status} ${codigo}`, async () => {
      const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
      const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const { answer, body } = await problem(method, path, { headers })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.headers.get('x-request-id')).toBe(traceId)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(body).toMatchObject({
        type: `urn:encargo:problema:${codigo}`,
        codigo,
        status,
        title: expect.any(String),
        detail: expect.any(String),
        instance: path.split('?')[0],
      })
    })
  }
})

test('a commit in doubt is told as one that may have been done, any other failure as one that was not', async () => {
  const failed = await problem('GET', '/almacen')
  expect(failed.body['detail']).toContain('no se ha guardado nada')
  const { answer, body } = await problem('GET', '/almacen-en-duda')
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(body['detail']).toBe(
    'La base de datos dejó de responder al guardar, y puede que lo haya hecho. Inténtalo de nuevo en unos segundos.',
  )
})

describe('an unforeseen error', () => {
  test('is answered bare and logged with its cause', async () => {
    const { body } = await problem('GET', '/imprevisto')
    expect(Object.keys(body).sort()).toEqual([
      'codigo',
      'detail',
      'instance',
      'status',
      'title',
      'type',
    ])
    expect(JSON.stringify(body)).not.toMatch(/SELECT|disk went away|\.ts|stack/)
    const line = probe.lines.findLast((one) => one.includes('request failed')) ?? '{}'
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      path: '/imprevisto',
      method: 'GET',
      error: {
        message: 'SELECT clave FROM usuarios',
        stack: expect.any(String),
        cause: { message: 'disk went away' },
      },
    })
  })

  test('that is no Error at all is still a bare 500', async () => {
    const { body } = await problem('GET', '/no-es-error')
    expect(JSON.stringify(body)).not.toContain('texto interno')
    expect(probe.log()).toContain('texto interno')
  })

  test('is one when our own response breaks its schema, whose content is not logged', async () => {
    const { status, body } = await problem('GET', '/respuesta-rota')
    expect(status).toBe(500)
    expect(body).not.toHaveProperty('errores')
    expect(probe.log()).toContain('the response breaks its schema')
    expect(probe.log()).not.toContain('clave-secreta')
  })
})

describe('an operational failure', () => {
  const waits = [
    ['/almacen', '10'],
    ['/par', '3'],
    ['/lanzado', '7'],
  ] as const
  for (const [path, seconds] of waits) {
    test(`says in whole seconds when to come back: ${path}`, async () => {
      const { answer } = await problem('GET', path)
      expect(answer.headers.get('retry-after')).toBe(seconds)
    })
  }

  test('is not logged as a failure of ours', async () => {
    const quiet = await createProbe()
    for (const path of ['/almacen', '/par', '/lanzado']) await quiet.call('GET', path)
    expect(quiet.log()).not.toContain('request failed')
  })

  test('is a refusal by our own breaker, bulkhead or deadline', async () => {
    const window = { type: 'consecutive', failures: 1 } as const
    const breaker = new Breaker({ name: 'productos', window, openMs: 2500, now: () => 0 })
    breaker.acquire().settle('failure')
    const app = new Elysia().use(errors(silentLogger)).get('/', () => {
      breaker.acquire()
    })
    const answer = await app.handle(new Request('http://localhost/'))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('3')
    expect(await answer.json()).toMatchObject({ codigo: 'servicio-no-disponible' })
  })
})

describe('a refusal', () => {
  test('that is returned keeps its members and the headers that the handler set', async () => {
    const { answer, body } = await problem('POST', '/conflicto')
    expect(body['faltantes']).toEqual([{ productoId: 'p', solicitado: 3, disponible: 1 }])
    expect(answer.headers.get('x-propio')).toBe('si')
  })

  test('that a parser throws keeps its own status', async () => {
    const { status, body } = await problem('POST', '/analizado', {
      body: 'x',
      headers: { 'content-type': 'text/csv' },
    })
    expect([status, body['codigo']]).toEqual([415, 'tipo-no-admitido'])
  })

  test('of a request names every broken field', async () => {
    const { body } = await problem('GET', '/cosas?limite=0&activo=quizas&de=mas')
    expect(body['errores']).toEqual([
      { campo: 'de', mensaje: 'no se admite', regla: 'no-admitido' },
      { campo: 'activo', mensaje: 'debe ser true o false', regla: 'si-o-no' },
      {
        campo: 'limite',
        mensaje: 'debe ser un número entero desde 1 hasta 200',
        regla: 'minimo',
        limite: 1,
      },
    ])
  })
})

describe('a number in a query', () => {
  for (const limite of ['0', '201', '-1', 'x', '1.5', '']) {
    test(`is named when it is ${JSON.stringify(limite)}`, async () => {
      const { status, body } = await problem('GET', `/cosas?limite=${limite}`)
      expect(status).toBe(422)
      expect(body['detail']).toBe('Revisa: limite.')
      expect(body['errores']).toMatchObject([
        { campo: 'limite', mensaje: 'debe ser un número entero desde 1 hasta 200' },
      ])
    })
  }
})

describe('an app made twice', () => {
  test('keeps logs and answers apart', async () => {
    const other = await createProbe()
    await other.call('GET', '/imprevisto')
    const before = probe.lines.length
    await other.call('GET', '/imprevisto')
    expect(probe.lines.length).toBe(before)
    expect(other.lines.filter((line) => line.includes('request failed'))).toHaveLength(2)
  })
})
