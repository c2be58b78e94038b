import { describe, expect, test } from 'bun:test'
import { type arrancar, pedir, preparar, rechazo, usuario } from './fixture.ts'

type App = Awaited<ReturnType<typeof arrancar>>['app']

async function comprar(app: App, headers: Record<string, string>, productoId: string) {
  const body = { lineas: [{ productoId, cantidad: 1 }] }
  const { body: pedido } = await pedir(app, 'POST', '/pedidos', { headers, body })
  return String(pedido['id'])
}

/** The data of the events of one chunk. */
async function datos(response: Response): Promise<unknown[]> {
  const reader = response.body?.getReader()
  if (!reader) throw new Error('no body')
  const decoder = new TextDecoder()
  const saludo = decoder.decode((await reader.read()).value)
  expect(saludo).toStartWith(': hola')
  const texto = decoder.decode((await reader.read()).value)
  await reader.cancel()
  return [...texto.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? ''))
}

function abrir(app: App, headers: Record<string, string>): Promise<Response> {
  return Promise.resolve(app.handle(new Request('http://localhost/pedidos/eventos', { headers })))
}

describe('GET /pedidos/eventos', () => {
  test('tells a shopper of own orders only, and staff of all', async () => {
    const { app, producto } = await preparar()
    const [ana, luis, jefa] = await Promise.all([
      usuario(),
      usuario(),
      usuario({ rol: 'operador' }),
    ])
    const cosa = producto()
    const deAna = await comprar(app, ana.headers, cosa)
    const deLuis = await comprar(app, luis.headers, cosa)
    const desdeElPrincipio = { 'last-event-id': '0' }
    const suyos = await datos(await abrir(app, { ...ana.headers, ...desdeElPrincipio }))
    expect(suyos).toEqual([
      {
        pedidoId: deAna,
        numero: 1,
        estado: 'Pendiente',
        motivo: null,
        en: '2026-01-15T12:00:00.000Z',
      },
    ])
    const todos = await datos(await abrir(app, { ...jefa.headers, ...desdeElPrincipio }))
    expect(todos).toMatchObject([{ pedidoId: deAna }, { pedidoId: deLuis }])
  })

  test('answers as a stream that nobody on the way may keep or hold back', async () => {
    const { app } = await preparar()
    const { headers } = await usuario()
    const answer = await abrir(app, headers)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    await answer.body?.cancel()
  })

  test('tells a HEAD what a GET would be told, and holds no stream for it', async () => {
    const { app } = await preparar()
    const { headers } = await usuario()
    for (let veces = 0; veces < 17; veces++) {
      const cabeza = new Request('http://localhost/pedidos/eventos', { method: 'HEAD', headers })
      const answer = await app.handle(cabeza)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(answer.body).toBeNull()
    }
    const abierto = await abrir(app, headers)
    expect(abierto.status).toBe(200)
    await abierto.body?.cancel()
  })

  test('is in the OpenAPI document as what it is', async () => {
    const { app } = await preparar()
    const { body } = await pedir(app, 'GET', '/openapi/json')
    expect(body).toMatchObject({
      paths: {
        '/pedidos/eventos': {
          get: { responses: { 200: { content: { 'text/event-stream': { schema: {} } } } } },
        },
      },
    })
  })

  test('refuses an id that is none, and whoever is nobody or a service', async () => {
    const { app } = await preparar()
    const { headers } = await usuario()
    for (const id of ['abc', '-1', '1.5', '1e3', '9'.repeat(16), "1' OR 1"]) {
      const answer = await pedir(app, 'GET', '/pedidos/eventos', {
        headers: { ...headers, 'last-event-id': id },
      })
      expect([id, rechazo(answer)]).toEqual([id, '422 datos-invalidos'])
    }
    expect(rechazo(await pedir(app, 'GET', '/pedidos/eventos'))).toBe('401 no-autenticado')
    const servicio = await usuario({ scopes: ['pedidos:completar'] })
    const negado = await pedir(app, 'GET', '/pedidos/eventos', { headers: servicio.headers })
    expect(rechazo(negado)).toBe('403 prohibido')
  })

  test('refuses the seventeenth stream of one person with 429 and when to come back', async () => {
    const { app } = await preparar()
    const { headers } = await usuario()
    const abiertos = await Promise.all(Array.from({ length: 16 }, () => abrir(app, headers)))
    const answer = await pedir(app, 'GET', '/pedidos/eventos', { headers })
    expect(rechazo(answer)).toBe('429 demasiadas-peticiones')
    expect(answer.headers.get('retry-after')).toBe('5')
    await Promise.all(abiertos.map((one) => one.body?.cancel()))
    const otra = await abrir(app, headers)
    expect(otra.status).toBe(200)
    await otra.body?.cancel()
  })
})
