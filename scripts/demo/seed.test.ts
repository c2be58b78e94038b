import { describe, expect, test } from 'bun:test'
import { cara } from './cara.ts'
import { catalogo } from './catalogo.ts'
import { cuentas } from './cuentas.ts'
import { CONCURRENCY } from './corrida.ts'
import { problem } from './fake-answers.ts'
import { Crash, FakeShop } from './fake-shop.ts'
import { pedidos } from './pedidos.ts'
import { contents, expectedStates, seed, seeded } from './seeded.ts'

/** What a seed ends with that cannot do its work. */
const failure = (shop: Parameters<typeof seed>[0]): Promise<unknown> =>
  seed(shop).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )
const failing = (fetch: FakeShop['fetch']) => failure({ fetch })
const created = (creados: number) => ({ creados, existentes: 0, omitidos: 0 })

const conNombre = ({ claves }: FakeShop) =>
  claves.filter((clave) => clave?.startsWith('demo-')).sort()

describe('a first run', () => {
  test('creates the accounts, the catalogue with its stock, and the orders in their states', async () => {
    const shop = new FakeShop()
    const report = await seed(shop)
    const { usuarios, productos, pedidos: made } = contents(shop)
    expect(usuarios).toEqual([
      `${cuentas.cliente.email} cliente`,
      `${cuentas.operador.email} operador`,
    ])
    expect(productos).toEqual(catalogo.map(({ sku }) => sku).sort())
    expect(shop.existencias.size).toBe(catalogo.length)
    expect(made).toEqual(expectedStates())
    expect(report).toEqual({
      cuentas: created(2),
      tienda: created(1),
      venta: created(11),
      libreta: created(1),
      productos: created(catalogo.length),
      existencias: created(catalogo.length),
      pedidos: created(pedidos.length),
    })
  })

  test('gives the shop a face, with categories that it has', async () => {
    const shop = await seeded()
    expect(contents(shop).tienda).toEqual(['icono', 'logo', 'nombre', 'portada'])
    expect(shop.tienda.get('nombre')).toBe('Bazar del Barranco')
    const categorias = new Set(catalogo.map(({ categoria }) => categoria))
    expect(cara.categoriasDestacadas?.filter((una) => !categorias.has(una))).toEqual([])
  })

  test('takes completed orders from the warehouse and only promises pending ones', async () => {
    const shop = await seeded()
    const level = (sku: string) => shop.existencias.get(shop.productos.get(sku)?.id ?? '')
    expect(level('CAF-LOJA-250')).toEqual({ fisico: 46, disponible: 46 })
    expect(level('PAP-PLUMA-FUENTE')).toEqual({ fisico: 15, disponible: 14 })
    expect(level('TEX-MANTA-ALPACA')).toEqual({ fisico: 2, disponible: 2 })
  })

  test('keeps at most eight requests under way, and that many when there is enough to do', async () => {
    const shop = await seeded()
    expect(CONCURRENCY).toBe(8)
    expect(shop.maxRunning).toBe(8)
  })

  test('gives each order an idempotency key of its own, the same in every shop', async () => {
    const [one, other] = [await seeded(), await seeded()]
    expect(new Set(one.claves).size).toBe(pedidos.length)
    // A guest's is as new as the guest.
    expect(conNombre(one)).toHaveLength(
      pedidos.filter(({ cliente }) => typeof cliente === 'string').length,
    )
    expect(conNombre(one)).toEqual(conNombre(other))
  })

  test('reports one line for each kind of thing', async () => {
    const lines: string[] = []
    await seed(new FakeShop(), (line) => lines.push(line))
    expect(lines).toEqual([
      'demo accounts: 2 created, 0 already there',
      'demo shop: 1 created, 0 already there',
      'demo taxes, shipping, coupon, mails and ways to pay: 11 created, 0 already there',
      'demo address book: 1 created, 0 already there',
      `demo products: ${catalogo.length} created, 0 already there`,
      `demo stock: ${catalogo.length} created, 0 already there`,
      `demo orders: ${pedidos.length} created, 0 already there`,
    ])
  })
})

/** What an error goes back to. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause ? rootOf(error.cause) : error
}

/** Of what is asked over and over, as for each product, the first times and some of the others. */
function worthACrash(asked: readonly string[]): number[] {
  const times = new Map<string, number>()
  return asked.flatMap((route, call) => {
    const before = times.get(route) ?? 0
    times.set(route, before + 1)
    return before < 6 || before % 9 === 0 || route.endsWith('/pedidos') ? call : []
  })
}

describe('a second run', () => {
  test('creates nothing and needs a handful of requests', async () => {
    const shop = await seeded()
    const before = contents(shop)
    const { total } = shop
    shop.calls.clear()
    const report = await seed(shop)
    expect(contents(shop)).toEqual(before)
    expect(Object.values(report).map(({ creados, omitidos }) => creados + omitidos)).toEqual([
      0, 0, 0, 0, 0, 0, 0,
    ])
    expect(Object.fromEntries(shop.calls)).toEqual({
      'POST /login': 2,
      'GET /me': 3,
      'GET /tienda': 1,
      'GET /impuestos': 1,
      'GET /metodos-envio': 1,
      'GET /cupones': 1,
      'GET /ajustes': 1,
      'GET /productos': 1,
      'GET /inventario': 2,
      'GET /pedidos': 1,
      'GET /metodos-pago': 1,
    })
    expect(shop.total - total).toBe(15)
  })

  test('brings the demo to the same end after a crash before or after any kind of request', async () => {
    const whole = await seeded()
    const expected = contents(whole)
    for (const call of worthACrash(whole.asked)) {
      for (const when of ['before', 'after'] as const) {
        const shop = new FakeShop()
        shop.crash = { call, when }
        expect(rootOf(await failure(shop))).toBeInstanceOf(Crash)
        shop.crash = null
        await seed(shop)
        expect({ call, when, ...contents(shop) }).toEqual({ call, when, ...expected })
      }
    }
  })

  test('leaves the face of a shop alone that has a name, and a picture that somebody put before', async () => {
    const named = new FakeShop()
    named.tienda.set('nombre', 'Otra')
    expect((await seed(named)).tienda).toEqual({ creados: 0, existentes: 1, omitidos: 0 })
    expect(contents(named).tienda).toEqual(['nombre'])
    const drawn = new FakeShop()
    drawn.tienda.set('logo', 'suyo')
    await seed(drawn)
    expect(drawn.tienda.get('logo')).toBe('suyo')
    expect(drawn.tienda.get('nombre')).toBe('Bazar del Barranco')
  })

  test('leaves a shop alone that sells things and knows none of the demo accounts', async () => {
    const shop = new FakeShop()
    shop.productos.set('SUYO-1', { id: 'suyo', archivado: false, precio: 1 })
    const before = contents(shop)
    const lines: string[] = []
    const report = await seed(shop, (line) => lines.push(line))
    expect(contents(shop)).toEqual(before)
    expect(Object.values(report).map(({ creados }) => creados)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(report.cuentas.omitidos).toBe(2)
    expect(lines).toEqual(['this shop sells things of its own, and is left as it is'])
    expect([...shop.calls.keys()]).toEqual(['POST /login', 'GET /productos'])
  })

  test('leaves an archived product alone, and the orders that would need it', async () => {
    const shop = new FakeShop()
    shop.productos.set('CAF-LOJA-250', { id: 'archivado', archivado: true, precio: 1 })
    const lines: string[] = []
    const report = await seed(shop, (line) => lines.push(line))
    expect(report.productos).toEqual({ creados: catalogo.length - 1, existentes: 0, omitidos: 1 })
    expect(report.existencias.omitidos).toBe(1)
    expect(report.pedidos).toEqual({ creados: pedidos.length - 1, existentes: 0, omitidos: 1 })
    expect(lines).toContain(
      'CAF-LOJA-250 is left alone, it exists and may be archived (sku-en-uso)',
    )
    expect(lines).toContain('sample order 1 is left out: a product is not for sale')
  })

  test('touches nothing when a demo account no longer takes its password', async () => {
    const shop = await seeded()
    shop.usuarios.set(cuentas.cliente.email, {
      id: 'otro',
      password: 'cambiada',
      rol: 'cliente',
      emailConfirmado: true,
    })
    shop.productos.delete('CAF-LOJA-250')
    const before = contents(shop)
    const lines: string[] = []
    const report = await seed(shop, (line) => lines.push(line))
    expect(contents(shop)).toEqual(before)
    expect(report.productos).toEqual({ creados: 0, existentes: 0, omitidos: catalogo.length })
    expect(lines).toEqual([
      `${cuentas.cliente.email} no longer takes its demo password: the demo data is left as it is`,
    ])
  })

  test('does not reopen or repeat an order that somebody has ended since', async () => {
    const shop = await seeded()
    const pendiente = shop.pedidos.find(({ estado }) => estado === 'Pendiente')
    const completado = shop.pedidos.find(({ estado }) => estado === 'Completado')
    if (pendiente) pendiente.estado = 'Cancelado'
    if (completado) completado.estado = 'Cancelado'
    const before = contents(shop)
    await seed(shop)
    expect(contents(shop)).toEqual(before)
  })

  test('leaves out an order that the stock no longer covers, and makes the others', async () => {
    const shop = await seeded()
    const pluma = shop.existencias.get(shop.productos.get('PAP-PLUMA-FUENTE')?.id ?? '')
    if (pluma) pluma.disponible = 0
    shop.pedidos.length = 0
    const report = await seed(shop)
    expect(report.pedidos).toEqual({ creados: pedidos.length - 1, existentes: 0, omitidos: 1 })
  })

  test('does not look for its orders when there are too many to go through', async () => {
    const shop = await seeded()
    shop.endless = true
    const made = shop.pedidos.length
    const report = await seed(shop)
    expect(report.pedidos.omitidos).toBe(pedidos.length)
    expect(shop.pedidos).toHaveLength(made)
  })
})

describe('a seed that cannot do its work', () => {
  test('says what was refused, and what of it', async () => {
    const shop = new FakeShop()
    const errores = [{ campo: 'precio', mensaje: 'debe ser un entero' }]
    const error = await failing(async (input, init) =>
      init?.method === 'POST' && String(input).endsWith('/productos')
        ? problem(422, 'datos-invalidos', { errores })
        : await shop.fetch(input, init),
    )
    expect(String(error)).toBe(
      'Error: POST /productos: 422 datos-invalidos: Detalle. [{"campo":"precio","mensaje":"debe ser un entero"}]',
    )
  })

  test('says what got no answer, or none that is known', async () => {
    const refused = await failing(() => Promise.reject(new Error('refused')))
    expect(String(refused)).toContain('POST /login: no answer sin-conexion')
    const gateway = await failing(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    expect(String(gateway)).toContain('POST /login: 502 desconocido')
  })

  test('says which admin cannot log in, and not with what', async () => {
    const shop = new FakeShop()
    const error = await failing(async (input, init) =>
      String(init?.body).includes(cuentas.admin.email)
        ? problem(401, 'credenciales-invalidas')
        : await shop.fetch(input, init),
    )
    expect(String(error)).toContain(`the admin ${cuentas.admin.email} can't log in`)
    expect(String(error)).not.toContain(cuentas.admin.password)
  })
})
