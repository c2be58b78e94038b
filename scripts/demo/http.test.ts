import { describe, expect, test } from 'bun:test'
import { catalogo } from './catalogo.ts'
import { cuentas } from './cuentas.ts'
import { createHttpDemoApi } from './http.ts'

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

interface Request {
  readonly at: string
  readonly token: string | null
  readonly key: string | null
  readonly body: unknown
}

const problem = (status: number, codigo: string, more: Record<string, unknown> = {}): Answer => ({
  status,
  body: { title: 'Título', status, detail: 'Detalle.', codigo, ...more },
  headers: { 'content-type': 'application/problem+json' },
})
const page = (datos: readonly unknown[], siguiente: string | null = null): Answer => ({
  status: 200,
  body: { datos, siguiente },
})

/** The API over a network that gives these answers in turn, the last one for ever. */
function over(...answers: readonly (Answer | Error)[]) {
  const requests: Request[] = []
  const waits: number[] = []
  const api = createHttpDemoApi({
    auth: 'http://auth.test',
    productos: 'http://productos.test/',
    inventario: 'http://inventario.test',
    pedidos: 'http://pedidos.test',
    admin: cuentas.admin,
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers)
      requests.push({
        at: `${init?.method} ${String(url)}`,
        token: headers.get('authorization'),
        key: headers.get('idempotency-key'),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      })
      const answer = answers[Math.min(requests.length, answers.length) - 1]
      if (!answer || answer instanceof Error) throw answer
      const { status, body, headers: sent = {} } = answer
      return new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: sent,
      })
    },
    sleep: async (ms) => {
      waits.push(ms)
    },
  })
  return { api, requests, waits }
}

const sesion = { token: 'ficha', usuarioId: 'u-1', rol: 'operador', emailConfirmado: true }
const [producto] = catalogo
if (!producto) throw new Error('the catalogue is empty')
const compra = {
  idempotencyKey: 'demo-pedido-01',
  lineas: [{ productoId: 'p-1', cantidad: 2 }],
  notas: 'Una nota.',
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )

describe('what is sent', () => {
  test('registers with the fields of the contract, and no role', async () => {
    const { api, requests } = over({ status: 201, body: { id: 'u-1' } })
    expect(await api.registrar(cuentas.cliente)).toBe('creado')
    const { email, password, nombre, telefono } = cuentas.cliente
    expect(requests).toEqual([
      {
        at: 'POST http://auth.test/register',
        token: null,
        key: null,
        body: { email, password, nombre, telefono },
      },
    ])
  })

  test('logs in and asks who that is', async () => {
    const { api, requests } = over(
      { status: 200, body: { access_token: 'ficha', token_type: 'Bearer' } },
      {
        status: 200,
        body: { id: 'u-1', rol: 'operador', emailConfirmado: true, email: 'x@y.test' },
      },
    )
    expect(await api.iniciarSesion(cuentas.operador)).toEqual(sesion)
    const { email, password } = cuentas.operador
    expect(requests.map(({ at }) => at)).toEqual([
      'POST http://auth.test/login',
      'GET http://auth.test/me',
    ])
    expect(requests[0]?.body).toEqual({ email, password })
    expect(requests[1]?.token).toBe('Bearer ficha')
  })

  test('makes an operator with the token of the admin', async () => {
    const { api, requests } = over(
      { status: 200, body: { access_token: 'de-admin' } },
      { status: 200, body: { id: 'a-1', rol: 'admin', emailConfirmado: true } },
      { status: 200, body: { id: 'u-1', rol: 'operador', emailConfirmado: true } },
    )
    await api.hacerOperador('u-1')
    expect(requests[0]?.body).toEqual({
      email: cuentas.admin.email,
      password: cuentas.admin.password,
    })
    expect(requests[2]).toEqual({
      at: 'PATCH http://auth.test/usuarios/u-1',
      token: 'Bearer de-admin',
      key: null,
      body: { rol: 'operador' },
    })
  })

  test('has the admin vouch for an address that no mail can reach', async () => {
    const user = { id: 'u-1', rol: 'cliente', emailConfirmado: false }
    const { api, requests } = over(
      { status: 200, body: { access_token: 'de-admin' } },
      { status: 200, body: user },
      { status: 200, body: { ...user, emailConfirmado: true } },
    )
    await api.confirmarEmail('u-1')
    expect(requests[2]).toMatchObject({
      at: 'PATCH http://auth.test/usuarios/u-1',
      token: 'Bearer de-admin',
      body: { emailConfirmado: true },
    })
  })

  test('creates a product without its stock, which another service keeps', async () => {
    const { api, requests } = over({ status: 201, body: { id: 'p-1' } })
    expect(await api.crearProducto(sesion, producto)).toEqual({ id: 'p-1' })
    const { sku, nombre, descripcion, precio, categoria, atributos } = producto
    expect(requests[0]).toEqual({
      at: 'POST http://productos.test/productos',
      token: 'Bearer ficha',
      key: null,
      body: { sku, nombre, descripcion, precio, categoria, atributos },
    })
  })

  test('opens the stock of a product, of none as well', async () => {
    const { api, requests } = over({ status: 201, body: {} })
    const existencia = { productoId: 'p-1', cantidad: 0, umbralMinimo: 4 }
    expect(await api.crearExistencia(sesion, existencia)).toBe('creado')
    expect(requests[0]?.at).toBe('POST http://inventario.test/inventario')
    expect(requests[0]?.body).toEqual(existencia)
  })

  test('buys under the idempotency key, which is not part of the body', async () => {
    const { api, requests } = over({ status: 201, body: { id: 'o-1' } })
    expect(await api.comprar(sesion, compra)).toEqual({ id: 'o-1' })
    const { idempotencyKey, ...body } = compra
    expect(requests[0]).toEqual({
      at: 'POST http://pedidos.test/pedidos',
      token: 'Bearer ficha',
      key: idempotencyKey,
      body,
    })
  })

  test('ends orders through their state', async () => {
    const { api, requests } = over({ status: 200, body: { id: 'o-1' } })
    expect(await api.completar(sesion, 'o-1')).toBe(true)
    expect(await api.cancelar(sesion, 'o-1', 'Ya no.')).toBe(true)
    expect(requests.map(({ at, body }) => [at, body])).toEqual([
      ['PATCH http://pedidos.test/pedidos/o-1', { estado: 'Completado' }],
      ['PATCH http://pedidos.test/pedidos/o-1', { estado: 'Cancelado', motivo: 'Ya no.' }],
    ])
  })
})

describe('refusals the seed expects', () => {
  test('say that an account or a stock exists already', async () => {
    expect(await over(problem(409, 'email-en-uso')).api.registrar(cuentas.cliente)).toBe(
      'existente',
    )
    const { api } = over(problem(409, 'inventario-existente'))
    const existencia = { productoId: 'p-1', cantidad: 1, umbralMinimo: 1 }
    expect(await api.crearExistencia(sesion, existencia)).toBe('existente')
  })

  test('say why a product or an order was not made', async () => {
    const { api } = over(problem(409, 'sku-en-uso'))
    expect(await api.crearProducto(sesion, producto)).toEqual({ rechazo: 'sku-en-uso' })
    const sinStock = over(problem(409, 'stock-insuficiente', { faltantes: [] }))
    expect(await sinStock.api.comprar(sesion, compra)).toEqual({ rechazo: 'stock-insuficiente' })
  })

  test('say that an order has ended otherwise', async () => {
    expect(await over(problem(409, 'transicion-invalida')).api.completar(sesion, 'o-1')).toBe(false)
  })

  test('turn a password that no longer holds into no session', async () => {
    const { api } = over(problem(401, 'credenciales-invalidas'))
    expect(await api.iniciarSesion(cuentas.cliente)).toBeNull()
  })

  test('do not hide that a fresh token is refused', async () => {
    const { api } = over(
      { status: 200, body: { access_token: 'x' } },
      problem(401, 'token-invalido'),
    )
    const error = await failure(api.iniciarSesion(cuentas.cliente))
    expect(String(error)).toContain('GET /me: 401 token-invalido')
  })
})

describe('lists', () => {
  test('are read to their last page, with the filter on every page', async () => {
    const { api, requests } = over(
      page([{ id: 'o-1', estado: 'Pendiente', notas: 'Una' }], 'c/1+='),
      page([{ id: 'o-2', estado: 'Completado', notas: null }]),
    )
    expect(await api.pedidosDe(sesion, 'u-1')).toEqual([
      { id: 'o-1', estado: 'Pendiente', notas: 'Una' },
      { id: 'o-2', estado: 'Completado', notas: null },
    ])
    expect(requests.map(({ at }) => at)).toEqual([
      'GET http://pedidos.test/pedidos?clienteId=u-1&limite=200',
      'GET http://pedidos.test/pedidos?clienteId=u-1&limite=200&cursor=c%2F1%2B%3D',
    ])
  })

  test('are given up after fifty pages', async () => {
    const { api, requests } = over(page([], 'otra'))
    expect(await api.pedidosDe(sesion, 'u-1')).toBeNull()
    expect(requests).toHaveLength(50)
  })

  test('of products give ids by SKU, and need no login', async () => {
    const { api, requests } = over(page([{ id: 'p-1', sku: 'CAF-A' }]))
    expect([...(await api.productosPorSku())]).toEqual([['CAF-A', 'p-1']])
    expect(requests[0]?.token).toBeNull()
  })

  test('of stock are asked in queries short enough for any server', async () => {
    const { api, requests } = over(page([{ productoId: 'p-3' }]), page([{ productoId: 'p-60' }]))
    const ids = Array.from({ length: 56 }, () => crypto.randomUUID())
    expect([...(await api.existenciasDe(sesion, ids))]).toEqual(['p-3', 'p-60'])
    const asked = requests.map(({ at }) => new URL(at.slice(4)).searchParams.get('ids') ?? '')
    expect(asked.join(',')).toBe(ids.join(','))
    for (const { at } of requests) expect(at.length).toBeLessThan(4096)
  })
})

describe('failures', () => {
  test('name method, path, status, code, detail and the broken fields', async () => {
    const errores = [{ campo: 'precio', mensaje: 'debe ser un entero' }]
    const { api } = over(problem(422, 'datos-invalidos', { errores }))
    const error = await failure(api.crearProducto(sesion, producto))
    expect(String(error)).toBe(
      'Error: POST /productos: 422 datos-invalidos: Detalle. [{"campo":"precio","mensaje":"debe ser un entero"}]',
    )
  })

  test('of the network say what got no answer', async () => {
    const error = await failure(over(new Error('refused')).api.registrar(cuentas.cliente))
    expect(String(error)).toContain('POST /register: no answer sin-conexion')
  })

  test('of the admin to log in say who that is', async () => {
    const error = await failure(
      over(problem(401, 'credenciales-invalidas')).api.hacerOperador('u-1'),
    )
    expect(String(error)).toContain(`the admin ${cuentas.admin.email} can't log in`)
    expect(String(error)).not.toContain(cuentas.admin.password)
  })

  test('that will pass are tried again, as late as they ask for', async () => {
    const busy = { ...problem(429, 'demasiadas-peticiones'), headers: { 'retry-after': '3' } }
    const { api, requests, waits } = over(
      busy,
      problem(503, 'servicio-no-disponible'),
      problem(409, 'idempotencia-en-curso'),
      { status: 201, body: { id: 'o-1' } },
    )
    expect(await api.comprar(sesion, compra)).toEqual({ id: 'o-1' })
    expect(waits).toEqual([3000, 1000, 1000])
    expect(new Set(requests.map(({ key }) => key))).toEqual(new Set([compra.idempotencyKey]))
  })

  test('that last are thrown after five attempts, or at once when the wait is too long', async () => {
    const away = over(problem(503, 'servicio-no-disponible'))
    expect(String(await failure(away.api.comprar(sesion, compra)))).toContain(': 503 ')
    expect(away.requests).toHaveLength(5)
    const busy = over({
      ...problem(429, 'demasiadas-peticiones'),
      headers: { 'retry-after': '60' },
    })
    expect(String(await failure(busy.api.registrar(cuentas.cliente)))).toContain(': 429 ')
    expect(busy.requests).toHaveLength(1)
  })

  test('without JSON still say what came', async () => {
    const api = createHttpDemoApi({
      auth: 'http://auth.test',
      productos: 'http://productos.test',
      inventario: 'http://inventario.test',
      pedidos: 'http://pedidos.test',
      admin: cuentas.admin,
      fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    })
    const error = await failure(api.productosPorSku())
    expect(String(error)).toContain('GET /productos: 502 desconocido')
  })
})
