import { change, rows } from '@encargo/storage/testing'
import { monoMs } from '@encargo/service-kit/async/clock'
import { describe, expect, test } from 'bun:test'
import { segmentosDe } from '../src/domain/tramos.ts'
import { importeMaximo } from '../src/domain/resumen.ts'
import { pedir, preparar, rechazo, usuario, storeDe } from './fixture.ts'

const tablas = ['resumen_tramos', 'resumen_productos', 'resumen_vendidos']
const horaMs = 3_600_000
const diaMs = 24 * horaMs

async function tienda() {
  const todo = await preparar()
  const shopper = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const comprar = async (lineas: { productoId: string; cantidad: number }[]) => {
    const { headers } = shopper
    const answer = await pedir(todo.app, 'POST', '/pedidos', { headers, body: { lineas } })
    expect(answer.status).toBe(201)
    return String(answer.body['id'])
  }
  const cambiar = (id: string, estado: 'Completado' | 'Cancelado') =>
    pedir(todo.app, 'PATCH', `/pedidos/${id}`, { headers: staff.headers, body: { estado } })
  const ponerEn = (iso: string) => todo.clock.advance(Date.parse(iso) - todo.clock.ms())
  const resumen = (query = '', headers: Record<string, string> = staff.headers) =>
    pedir(todo.app, 'GET', `/pedidos/resumen${query}`, { headers })
  return { ...todo, shopper, staff, comprar, cambiar, resumen, ponerEn }
}

describe('the summary of orders', () => {
  test('counts what was made, completed and cancelled on each day, and what was sold', async () => {
    const { producto, comprar, cambiar, resumen, clock, ponerEn } = await tienda()
    ponerEn('2026-03-10T12:00:00.000Z')
    const [te, cafe] = [producto(300), producto(1000)]
    const uno = await comprar([{ productoId: te, cantidad: 2 }])
    const dos = await comprar([
      { productoId: te, cantidad: 1 },
      { productoId: cafe, cantidad: 4 },
    ])
    const tres = await comprar([{ productoId: cafe, cantidad: 1 }])
    await comprar([{ productoId: cafe, cantidad: 1 }])
    clock.advance(diaMs - 2 * horaMs)
    await cambiar(uno, 'Completado')
    await cambiar(tres, 'Cancelado')
    clock.advance(horaMs)
    await cambiar(dos, 'Completado')
    const { status, body } = await resumen('?desde=2026-03-09')
    expect(status).toBe(200)
    const movido = { cobrado: 0, reembolsado: 0, disputado: 0 }
    const nada = { pedidos: 0, completados: 0, cancelados: 0, ingresos: 0, abonado: 0, ...movido }
    expect(body).toEqual({
      desde: '2026-03-09',
      hasta: '2026-03-11',
      zona: 'UTC',
      moneda: 'USD',
      pendientes: 1,
      porDia: [
        { dia: '2026-03-09', ...nada },
        { dia: '2026-03-10', ...nada, pedidos: 4 },
        { dia: '2026-03-11', ...nada, completados: 2, cancelados: 1, ingresos: 4_900 },
      ],
      porMetodo: [],
      saldos: [],
      masVendidos: [
        { productoId: cafe, sku: 'SKU-2', nombre: 'Producto SKU-2', unidades: 4, ingresos: 4_000 },
        { productoId: te, sku: 'SKU-1', nombre: 'Producto SKU-1', unidades: 3, ingresos: 900 },
      ],
    })
  })

  test('begins its days, and those of the best sellers, where the zone does', async () => {
    const { producto, comprar, cambiar, resumen, ponerEn } = await tienda()
    const productoId = producto(100)
    // 23:50 of the 8th in Guayaquil (-5), half past ten of the 9th in Kathmandu (+5:45).
    ponerEn('2026-03-09T04:50:00.000Z')
    await cambiar(await comprar([{ productoId, cantidad: 1 }]), 'Completado')
    const dia = async (zona: string, desde: string) => {
      const { body } = await resumen(`?zona=${zona}&desde=${desde}&hasta=${desde}`)
      return [body['porDia'], body['masVendidos']]
    }
    const lleno = [
      [expect.objectContaining({ completados: 1, ingresos: 100 })],
      [expect.objectContaining({ productoId, unidades: 1 })],
    ]
    const vacio = [[expect.objectContaining({ completados: 0, ingresos: 0 })], []]
    expect(await dia('America/Guayaquil', '2026-03-08')).toEqual(lleno)
    expect(await dia('America/Guayaquil', '2026-03-09')).toEqual(vacio)
    expect(await dia('UTC', '2026-03-09')).toEqual(lleno)
    expect(await dia('UTC', '2026-03-08')).toEqual(vacio)
    expect(await dia('Asia/Kathmandu', '2026-03-09')).toEqual(lleno)
  })

  test('knows days of 23 and 25 hours, days without a midnight, and days that never were', async () => {
    const { resumen } = await tienda()
    const dias = async (query: string) =>
      ((await resumen(query)).body['porDia'] as { dia: string }[]).map(({ dia }) => dia)
    expect(await dias('?zona=America/Santiago&desde=2026-04-04&hasta=2026-04-06')).toHaveLength(3)
    expect(await dias('?zona=America/Santiago&desde=2026-09-05&hasta=2026-09-07')).toHaveLength(3)
    expect(await dias('?zona=Pacific/Apia&desde=2011-12-29&hasta=2011-12-31')).toEqual([
      '2011-12-29',
      '2011-12-30',
      '2011-12-31',
    ])
  })

  test('is of the last thirty days, up to today in that zone, unless it is said otherwise', async () => {
    const { resumen, ponerEn } = await tienda()
    ponerEn('2026-03-10T02:00:00.000Z')
    const span = async (query: string) => {
      const { body } = await resumen(query)
      return [body['desde'], body['hasta'], (body['porDia'] as unknown[]).length]
    }
    expect(await span('')).toEqual(['2026-02-09', '2026-03-10', 30])
    expect(await span('?zona=America/Guayaquil')).toEqual(['2026-02-08', '2026-03-09', 30])
    expect(await span('?hasta=2026-01-31')).toEqual(['2026-01-02', '2026-01-31', 30])
    expect(await span('?desde=2025-03-10')).toEqual(['2025-03-10', '2026-03-10', 366])
  })

  test.each([
    ['?desde=2026-02-30', 'desde'],
    ['?hasta=2026-13-01', 'hasta'],
    ['?desde=ayer', 'desde'],
    ['?desde=2026-01-01T00:00Z', 'desde'],
    ['?desde=2026-01-02&hasta=2026-01-01', 'desde'],
    ['?desde=2025-01-01&hasta=2026-01-02', 'desde'],
    ['?zona=Marte/Olimpo', 'zona'],
    ['?zona=%2B05:07', 'zona'],
    ['?zona=', 'zona'],
    ["?zona=UTC'--", 'zona'],
    ['?zona=../etc/passwd', 'zona'],
    ['?limite=5', 'limite'],
  ])('refuses what it does not understand, naming the member: %s', async (query, campo) => {
    const { resumen } = await tienda()
    const answer = await resumen(query)
    expect(rechazo(answer)).toBe('422 datos-invalidos')
    expect(answer.body['errores']).toMatchObject([{ campo }])
  })

  test('is for staff', async () => {
    const { resumen, shopper } = await tienda()
    expect(rechazo(await resumen('', shopper.headers))).toBe('403 prohibido')
    expect(rechazo(await resumen('', {}))).toBe('401 no-autenticado')
    const service = await usuario({ scopes: ['pedidos:completar'] })
    expect(rechazo(await resumen('', service.headers))).toBe('403 prohibido')
  })

  test('calls a product as its newest completed order does, in whatever order they are completed', async () => {
    const { catalogo, producto, comprar, cambiar, resumen } = await tienda()
    const productoId = producto(100, 10, { nombre: 'Viejo' })
    const primero = await comprar([{ productoId, cantidad: 1 }])
    const articulo = catalogo.articulos.get(productoId)
    if (!articulo) throw new Error('no product')
    catalogo.articulos.set(productoId, { ...articulo, nombre: 'Nuevo' })
    const segundo = await comprar([{ productoId, cantidad: 1 }])
    const nombre = async () => (await resumen()).body['masVendidos']
    await cambiar(segundo, 'Completado')
    expect(await nombre()).toMatchObject([{ nombre: 'Nuevo', unidades: 1 }])
    await cambiar(primero, 'Completado')
    expect(await nombre()).toMatchObject([{ nombre: 'Nuevo', unidades: 2 }])
  })

  test('names the ten that sold most', async () => {
    const { producto, comprar, cambiar, resumen } = await tienda()
    const ids = Array.from({ length: 12 }, () => producto(10, 100))
    const lineas = ids.map((productoId, at) => ({ productoId, cantidad: 1 + ((at * 5) % 12) }))
    await cambiar(await comprar(lineas), 'Completado')
    const vendidos = (await resumen()).body['masVendidos'] as { unidades: number }[]
    expect(vendidos.map(({ unidades }) => unidades)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
  })

  test('says when it is not ready, and is ready after a round of the driver', async () => {
    const { storage, store, casos, resumen, clock } = await tienda()
    await change(
      storage,
      `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000)
      INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intentos, total, moneda,
        expira_en, creado_en, actualizado_en)
      SELECT 'x' || x, 'c', 'c', 'Pendiente', 1, 0, 1, 'USD', 9e15, ${clock.ms()}, 0 FROM n;
      INSERT INTO pedido_eventos (numero, estado, actor, en)
      SELECT numero, 'Pendiente', 'c', creado_en FROM pedidos`,
    )
    let ms = 0
    const lento = await storeDe(storage, { monoMs: () => monoMs((ms += 300)) })
    const consulta = { dias: [], moneda: 'USD' }
    expect(await lento.resumen(consulta)).toBeUndefined()
    await casos.driver.tick()
    expect((await lento.resumen(consulta))?.pendientes).toBe(3_000)
    store.resumen = async () => undefined
    const answer = await resumen()
    expect(rechazo(answer)).toBe('503 servicio-no-disponible')
    expect(answer.headers.get('retry-after')).toBe('5')
  })

  test('is kept up by the driver, so that asking finds nothing left to do', async () => {
    const { storage, casos, producto, comprar, resumen } = await tienda()
    await comprar([{ productoId: producto(), cantidad: 1 }])
    await casos.driver.tick()
    const { writes } = storage.stats()
    expect((await resumen()).body['pendientes']).toBe(1)
    await casos.driver.tick()
    expect(storage.stats().writes).toBe(writes)
  })

  test('leaves the write of a purchase as it was', async () => {
    const { storage, producto, comprar } = await tienda()
    const before = storage.stats().writes
    await comprar([{ productoId: producto(), cantidad: 1 }])
    expect(storage.stats().writes - before).toBe(1)
    for (const tabla of tablas) {
      expect(await rows(storage, `SELECT * FROM ${tabla}`)).toEqual([])
    }
    const triggers = "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%resumen%'"
    expect(await rows(storage, triggers)).toEqual([])
  })

  test('counts no orders in another currency than the shop has now', async () => {
    const { producto, comprar, cambiar, storage } = await tienda()
    await cambiar(await comprar([{ productoId: producto(), cantidad: 1 }]), 'Completado')
    const { resumen } = await storeDe(storage)
    const dias = [{ dia: 'x', lapso: { desde: 0, hasta: 4e6 } }]
    expect((await resumen({ dias, moneda: 'EUR' }))?.porDia).toMatchObject([{ pedidos: 0 }])
    expect((await resumen({ dias, moneda: 'EUR' }))?.masVendidos).toEqual([])
    expect((await resumen({ dias, moneda: 'USD' }))?.porDia).toMatchObject([{ pedidos: 1 }])
  })

  test('stays at the largest exact amount instead of being wrong or stopping', async () => {
    const { producto, comprar, cambiar, storage, resumen } = await tienda()
    const productoId = producto(1_000_000_000_000, 1e6)
    await cambiar(await comprar([{ productoId, cantidad: 1 }]), 'Completado')
    await resumen()
    for (const tabla of ['resumen_tramos', 'resumen_vendidos']) {
      await change(storage, `UPDATE ${tabla} SET ingresos = ${importeMaximo - 1}`)
    }
    await cambiar(await comprar([{ productoId, cantidad: 1 }]), 'Completado')
    const { body } = await resumen()
    expect(body['masVendidos']).toMatchObject([{ unidades: 2, ingresos: importeMaximo }])
    expect((body['porDia'] as { ingresos: number }[]).at(-1)?.ingresos).toBe(importeMaximo)
  })

  test('holds nothing of a customer', async () => {
    const { app, storage, producto, shopper, staff, resumen } = await tienda()
    const body = {
      lineas: [{ productoId: producto(), cantidad: 1 }],
      notas: 'Secreta',
      direccionEnvio: { nombre: 'Secreta', calle: 'Secreta', ciudad: 'Secreta', pais: 'EC' },
      completar: true,
      clienteId: shopper.id,
    }
    expect((await pedir(app, 'POST', '/pedidos', { headers: staff.headers, body })).status).toBe(
      201,
    )
    expect((await resumen()).body['masVendidos']).toHaveLength(1)
    const todas = await Promise.all(tablas.map((tabla) => rows(storage, `SELECT * FROM ${tabla}`)))
    const texto = JSON.stringify(todas)
    expect(texto).toContain('Producto SKU-1')
    for (const personal of [shopper.id, staff.id, 'Secreta']) expect(texto).not.toContain(personal)
  })
})

describe('the stretches of time', () => {
  test('make up any span exactly, without gaps or overlaps', () => {
    for (let n = 0; n < 2_000; n++) {
      const desde = (n * 7919) % 9_000
      const hasta = desde + ((n * 104_729) % 20_000)
      const largos = [1, 96, 96 * 32]
      let at = desde
      for (const { nivel, desde: from, hasta: to } of segmentosDe({ desde, hasta })) {
        const largo = largos[nivel] ?? Number.NaN
        expect([from * largo, from < to]).toEqual([at, true])
        at = to * largo
      }
      expect(at).toBe(hasta)
    }
  })
})
