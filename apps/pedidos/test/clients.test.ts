import { describe, expect, test } from 'bun:test'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { testOutside } from '@encargo/service-kit/testing/outside'
import { createClientes, createServiceToken } from '../src/clients/auth.ts'
import { createPagos } from '../src/clients/pagos.ts'
import { createReservas } from '../src/clients/inventario.ts'
import { createCatalogo } from '../src/clients/productos.ts'
import { sinVencimiento } from '../src/domain/pedido.ts'

const id = Bun.randomUUIDv7()
const instalacion = crypto.randomUUID()
const expiraEn = '2026-01-16T12:00:00.000Z'
const reserva = {
  pedidoId: id,
  estado: 'activa',
  lineas: [],
  expiraEn,
  creadaEn: expiraEn,
  cerradaEn: null,
}

const tiempo = testOutside()

type Answer = (request: Request, calls: number) => Response | Promise<Response>

/** The clients of a peer that answers with `answer`, with a token from an auth that always gives one. */
function clientsOn(answer: Answer) {
  const seen: Request[] = []
  let tokens = 0
  /** What inventario was told of this pedidos, each time that it was. */
  const enlaces: unknown[] = []
  const fake = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    if (new URL(request.url).pathname === '/token') {
      tokens++
      return Response.json({ access_token: `t${tokens}`, token_type: 'Bearer', expires_in: 600 })
    }
    if (new URL(request.url).pathname === '/instalacion') {
      enlaces.push(await request.json())
      return Response.json({ instalacion })
    }
    seen.push(request)
    return await answer(request, seen.length)
  }
  const link = connectPeer('peer', 'http://peer.test', {
    logger: silentLogger,
    fetch: Object.assign(fake, { preconnect: fetch.preconnect }),
  })
  const token = createServiceToken(link, 's'.repeat(32))
  return {
    seen,
    enlaces,
    link,
    reservas: createReservas(link, token, { id: instalacion, testigos: async () => [id] }, tiempo),
    clientes: createClientes(link, token, tiempo),
    catalogo: createCatalogo(link, token, 'USD', tiempo),
    pagos: createPagos(link, token, tiempo),
  }
}

const problem = (status: number, codigo: string, extra: object = {}) =>
  Response.json({ codigo, status, ...extra }, { status })
const call = () => backgroundCall()
const on = (answer: Answer) => clientsOn(answer).reservas
const reservar = (answer: Answer) =>
  clientsOn(answer).reservas.reservar(id, [{ productoId: id, cantidad: 1 }], 60, call())

/** inventario says of every call that the reservation is in this state now. */
const ended = (estado: string) => on(() => Response.json({ ...reserva, estado }))

describe("pagos' client", () => {
  const cobro = {
    id,
    version: 3,
    estado: 'cobrado',
    causa: null,
    metodo: 'tarjeta',
    proveedor: 'stripe',
    momento: 'antes',
    importe: 5,
    moneda: 'USD',
    autorizado: 0,
    cobrado: 5,
    reembolsado: 0,
    disputado: 0,
    disputa: null,
    expiraEn,
    movimientos: [{ secuencia: 1, tipo: 'captura', importe: 5, referencia: 'r', en: expiraEn }],
    reembolsos: [{ id, estado: 'enviado' }],
  }

  test('closes a charge, and takes what is promised once for each name of that', async () => {
    const { pagos, seen } = clientsOn(() => Response.json(cobro))
    const en = Date.parse(expiraEn)
    const dicho = { id, version: 3, cobrado: 5, expiraEn: en, movimientos: [{ en }] }
    expect(await pagos.cerrar(id, call())).toMatchObject(dicho)
    const captura = { cobroId: id, importe: 5, clave: 'k' }
    expect(await pagos.capturar(captura, call())).toMatchObject(dicho)
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST http://peer.test/cobros/${id}/cerrar`,
      `POST http://peer.test/cobros/${id}/capturas`,
    ])
    expect(seen[1]?.headers.get('idempotency-key')).toBe('k')
    expect(await seen[1]?.json()).toEqual({ importe: 5 })
  })

  test('asks for money to go back, and once in some seconds how one can pay', async () => {
    const estado = 'fallido'
    const de = clientsOn(() => Response.json({ id, importe: 5, estado }, { status: 201 }))
    const peticion = { cobroId: id, id, importe: 5, motivo: 'cancelado' }
    expect(await de.pagos.reembolsar(peticion, call())).toBe('fallido')
    const sinFondos = clientsOn(() => problem(409, 'importe-excedido'))
    expect(await sinFondos.pagos.reembolsar(peticion, call())).toBe('sin-fondos')
    expect(de.seen[0]?.url).toBe(`http://peer.test/cobros/${id}/reembolsos/${id}`)
    const datos = [
      {
        codigo: 'caja',
        nombre: 'Caja',
        proveedor: 'manual',
        momento: 'antes',
        minimo: 1,
        instrucciones: 'De 9 a 18',
      },
    ]
    const { pagos, seen } = clientsOn(() => Response.json({ datos }))
    for (let n = 0; n < 2; n++) {
      expect(await pagos.metodos(call())).toEqual([
        { codigo: 'caja', momento: 'antes', minimo: 1, maximo: null, instrucciones: 'De 9 a 18' },
      ])
    }
    expect(seen).toHaveLength(1)
  })

  test('takes no other charge’s answer, and nothing that is none', async () => {
    for (const otro of [
      { ...cobro, id: 'x' },
      { ...cobro, version: 0 },
      { ...cobro, estado: 'z' },
    ]) {
      const { pagos } = clientsOn(() => Response.json(otro))
      expect(pagos.cerrar(id, call())).rejects.toThrow('pagos answered')
    }
  })
})

describe("inventario's client", () => {
  test('reserves with its own token, the lines, the time, the trace and the deadline', async () => {
    const { reservas, seen } = clientsOn(() => Response.json(reserva, { status: 201 }))
    const context = call()
    const reserved = await reservas.reservar(id, [{ productoId: id, cantidad: 2 }], 60, context)
    expect(reserved).toEqual({ tipo: 'reservada', expiraEn: Date.parse(expiraEn) })
    const [request] = seen
    expect([request?.method, request?.url]).toEqual(['PUT', `http://peer.test/reservas/${id}`])
    expect(await request?.json()).toEqual({
      lineas: [{ productoId: id, cantidad: 2 }],
      expiraEnSegundos: 60,
    })
    expect(request?.headers.get('authorization')).toBe('Bearer t1')
    expect(request?.headers.get('traceparent')).toBe(context.traceparent)
    expect(Number(request?.headers.get('x-deadline-ms'))).toBeGreaterThan(0)
  })

  test('reserves for the orders of one moment in one call, and gives each its own answer', async () => {
    const faltantes = [{ productoId: id, solicitado: 2, disponible: 1 }]
    const { reservas, seen } = clientsOn(() =>
      Response.json({
        resultados: [
          { resultado: 'reservada', expiraEn },
          { resultado: 'stock-insuficiente', faltantes },
          { resultado: 'cerrada' },
        ],
      }),
    )
    const ids = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    const lineas = [{ productoId: id, cantidad: 2 }]
    const answers = await Promise.all(ids.map((one) => reservas.reservar(one, lineas, 60, call())))
    expect(answers).toEqual([
      { tipo: 'reservada', expiraEn: Date.parse(expiraEn) },
      { tipo: 'stock-insuficiente', faltantes },
      { tipo: 'cerrada' },
    ])
    expect(seen.map(({ method, url }) => [method, url])).toEqual([
      ['PUT', 'http://peer.test/reservas'],
    ])
    expect(await seen[0]?.json()).toEqual({
      reservas: ids.map((pedidoId) => ({ pedidoId, lineas, expiraEnSegundos: 60 })),
    })
  })

  test('takes an order that a joint answer leaves out for unanswered, never for reserved', async () => {
    const { reservas } = clientsOn(() =>
      Response.json({ resultados: [{ resultado: 'reservada', expiraEn }] }),
    )
    const both = [Bun.randomUUIDv7(), Bun.randomUUIDv7()].map((one) =>
      reservas.reservar(one, [{ productoId: id, cantidad: 1 }], 60, call()),
    )
    const [first, second] = await Promise.allSettled(both)
    expect(first).toMatchObject({ status: 'fulfilled', value: { tipo: 'reservada' } })
    expect(second).toMatchObject({ status: 'rejected' })
    await expect(Promise.all(both)).rejects.toThrow('left a reservation unanswered')
  })

  test('tells the refusals apart, and takes an ended reservation for a closed one', async () => {
    const faltantes = [{ productoId: id, solicitado: 2, disponible: 1 }]
    expect(await reservar(() => problem(409, 'stock-insuficiente', { faltantes }))).toEqual({
      tipo: 'stock-insuficiente',
      faltantes,
    })
    expect(await reservar(() => problem(409, 'reserva-distinta'))).toEqual({
      tipo: 'distinta',
    })
    expect(await reservar(() => problem(409, 'reserva-cerrada'))).toEqual({ tipo: 'cerrada' })
    const confirmed = await reservar(() => Response.json({ ...reserva, estado: 'confirmada' }))
    expect(confirmed).toEqual({ tipo: 'cerrada' })
  })

  test('takes stock anew for an order, firm, and makes what it has firm', async () => {
    const { reservas, seen } = clientsOn(() =>
      Response.json({ ...reserva, expiraEn: null, firme: true }),
    )
    const [segunda, lineas] = [Bun.randomUUIDv7(), [{ productoId: id, cantidad: 2 }]]
    const firme = { expiraEn: sinVencimiento }
    expect(await reservas.reapartar(segunda, id, lineas, call())).toEqual({
      tipo: 'reservada',
      ...firme,
    })
    expect(await reservas.prorrogar(segunda, 'firme', call())).toEqual({
      tipo: 'prorrogada',
      ...firme,
    })
    expect(await reservas.consultar(segunda, call())).toMatchObject(firme)
    const bodies = await Promise.all(seen.slice(0, 2).map((request) => request.json()))
    expect(seen[0]?.url).toBe(`http://peer.test/reservas/${segunda}`)
    expect(bodies).toEqual([{ pedidoId: id, lineas, firme: true }, { firme: true }])
    const faltantes = [{ productoId: id, solicitado: 2, disponible: 1 }]
    const sinStock = () => problem(409, 'stock-insuficiente', { faltantes })
    expect(await on(sinStock).reapartar(segunda, id, lineas, call())).toEqual({
      tipo: 'stock-insuficiente',
      faltantes,
    })
    const cerrada = await on(() => problem(409, 'reserva-cerrada')).prorrogar(id, 'firme', call())
    expect(cerrada).toEqual({ tipo: 'cerrada' })
  })

  test('confirms, releases and looks, each with every answer it can get', async () => {
    expect(await ended('confirmada').confirmar(id, call())).toBe('confirmada')
    expect(await on(() => problem(409, 'reserva-cerrada')).confirmar(id, call())).toBe('cerrada')
    expect(await on(() => problem(404, 'no-encontrado')).confirmar(id, call())).toBe('inexistente')
    expect(await ended('liberada').liberar(id, call())).toBe('liberada')
    expect(await ended('expirada').liberar(id, call())).toBe('liberada')
    expect(await on(() => problem(409, 'reserva-cerrada')).liberar(id, call())).toBe('confirmada')
    expect(await on(() => Response.json(reserva)).consultar(id, call())).toMatchObject({
      estado: 'activa',
    })
    expect(await on(() => problem(404, 'no-encontrado')).consultar(id, call())).toBeUndefined()
  })

  test('sweeps by the cursor that it was given, and by no other', async () => {
    const page = { datos: [reserva], siguiente: 'next' }
    const { reservas, seen } = clientsOn(() => Response.json(page))
    const antesDe = Date.parse(expiraEn)
    expect(await reservas.activas({ cursor: 'c', antesDe }, call())).toEqual({
      reservas: [{ id, pedidoId: id, creadaEn: Date.parse(expiraEn) }],
      siguiente: 'next',
    })
    const { searchParams } = new URL(seen[0]?.url ?? '')
    expect(Object.fromEntries(searchParams)).toEqual({
      estado: 'activa',
      creadasAntesDe: expiraEn,
      limite: '200',
      cursor: 'c',
    })
  })

  test('fetches a new token once when its own is refused, and then gives up', async () => {
    const { reservas, seen } = clientsOn((_, calls) =>
      calls === 1
        ? problem(401, 'no-autenticado')
        : Response.json({ ...reserva, estado: 'liberada' }),
    )
    expect(await reservas.liberar(id, call())).toBe('liberada')
    expect(seen.map((one) => one.headers.get('authorization'))).toEqual(['Bearer t1', 'Bearer t2'])
    const never = clientsOn(() => problem(401, 'no-autenticado'))
    expect(never.reservas.liberar(id, call())).rejects.toMatchObject({ name: 'PeerMisfitError' })
    await never.reservas.liberar(id, call()).catch(() => undefined)
  })

  test('believes no answer but those of its contract, so that nothing ends by mistake', async () => {
    const html = { headers: { 'content-type': 'text/html' } }
    const nonsense: Answer[] = [
      () => Response.json({}),
      () => Response.json([]),
      () => Response.json('hecho'),
      () => Response.json({ ...reserva, estado: 'otra', expiraEn: 'mañana' }),
      () => Response.json({ resultados: [{ resultado: 'otro' }] }),
      () => Response.json({ datos: [{}], siguiente: 7 }),
      () => new Response('<h1>Bienvenido</h1>', html),
      () => new Response('<h1>409</h1>', { status: 409, ...html }),
      () => new Response('<h1>404</h1>', { status: 404, ...html }),
      () => new Response('', { status: 404 }),
      () => Response.json({ error: 'conflict' }, { status: 409 }),
      () => problem(409, 'sku-en-uso'),
      () => problem(409, 'stock-insuficiente', { faltantes: [{ productoId: id }] }),
      () => problem(409, 'stock-insuficiente'),
      () => problem(409, 'no-encontrado'),
      () => problem(404, 'reserva-cerrada'),
      () => problem(412, 'version-distinta'),
    ]
    for (const [which, answer] of nonsense.entries()) {
      const { reservas, clientes, catalogo } = clientsOn(answer)
      const lineas = [{ productoId: id, cantidad: 1 }]
      const calls = [
        reservas.confirmar(id, call()),
        reservas.liberar(id, call()),
        reservas.consultar(id, call()),
        reservas.activas({ cursor: undefined, antesDe: 0 }, call()),
        clientes.buscar(id, call()),
        clientes.borrados(undefined, call()),
        catalogo.buscar([id], call()),
        reservas.reservar(id, lineas, 1, call()),
      ]
      const together = clientsOn(answer).reservas
      const both = [id, Bun.randomUUIDv7()]
      calls.push(...both.map((one) => together.reservar(one, lineas, 1, call())))
      for (const [at, outcome] of (await Promise.allSettled(calls)).entries()) {
        expect([which, at, outcome.status]).toEqual([which, at, 'rejected'])
        expect(outcome).toMatchObject({ reason: { name: 'PeerProtocolError' } })
      }
    }
  })

  test('does not take an answer of another state for the effect that was asked for', async () => {
    for (const estado of ['activa', 'liberada', 'expirada']) {
      expect(ended(estado).confirmar(id, call())).rejects.toThrow('never should')
    }
    for (const estado of ['activa', 'confirmada']) {
      expect(ended(estado).liberar(id, call())).rejects.toThrow('never should')
    }
  })

  test('never takes a failure for an answer', async () => {
    const failures: [Answer, string][] = [
      [() => new Response('', { status: 503 }), 'PeerUnavailableError'],
      [() => new Response('', { status: 500 }), 'PeerUnavailableError'],
      [() => Promise.reject(new TypeError('connection reset')), 'PeerUnavailableError'],
      [() => problem(403, 'prohibido'), 'PeerMisfitError'],
      [() => problem(422, 'datos-invalidos'), 'PeerProtocolError'],
    ]
    for (const [answer, name] of failures) {
      const { reservas } = clientsOn(answer)
      const calls = [
        reservas.confirmar(id, call()),
        reservas.liberar(id, call()),
        reservas.reservar(id, [], 1, call()),
      ]
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { name } })
      }
    }
  })
})

describe("auth's and productos' clients", () => {
  test('ask once for all who ask at the same moment', async () => {
    const others = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    const { clientes, seen } = clientsOn((request) => {
      const ids = new URL(request.url).searchParams.get('ids')?.split(',') ?? []
      return Response.json({
        datos: ids
          .filter((one) => one !== id)
          .map((one) => ({ id: one, activo: one !== others[1] })),
        siguiente: null,
      })
    })
    const found = await Promise.all([...others, id].map((one) => clientes.buscar(one, call())))
    expect(found.map((cliente) => cliente?.activo)).toEqual([true, false, undefined])
    expect(seen).toHaveLength(1)
  })

  test('give each asker of prices only what they asked for', async () => {
    const other = Bun.randomUUIDv7()
    const articulo = {
      id,
      sku: 'S',
      nombre: 'N',
      precio: 5,
      moneda: 'USD',
      activo: false,
    }
    const datos = [articulo, { ...articulo, id: other }]
    const { catalogo, seen } = clientsOn(() => Response.json({ datos }))
    const [mine, theirs] = await Promise.all([
      catalogo.buscar([id], call()),
      catalogo.buscar([other, Bun.randomUUIDv7()], call()),
    ])
    expect([...mine.keys()]).toEqual([id])
    expect([...theirs.keys()]).toEqual([other])
    // Of a productos of before: without a category, a weight, a tax.
    expect(mine.get(id)).toEqual({
      ...articulo,
      activo: false,
      categoria: null,
      pesoGramos: null,
      gravamen: { clase: 'general', tasa: 0, porDentro: false },
    })
    expect(seen).toHaveLength(1)
  })
})

const borrados = (ids: readonly string[], siguiente: string | null) =>
  Response.json({ datos: ids.map((one) => ({ id: one, eliminadoEn: expiraEn })), siguiente })

test('who is called so is asked of auth with the own token, as its text and nothing else', async () => {
  const { clientes, seen } = clientsOn(() => borrados([id.toUpperCase()], 'more'))
  expect(await clientes.hallar('Ana & ids=x', call())).toEqual([id])
  const url = new URL(seen[0]?.url ?? '')
  expect([url.pathname, ...url.searchParams]).toEqual([
    '/usuarios',
    ['q', 'Ana & ids=x'],
    ['limite', '200'],
  ])
  expect(seen[0]?.headers.get('authorization')).toBe('Bearer t1')
  const odd = clientsOn(() => Response.json({ datos: [{ id: 7 }], siguiente: null }))
  expect(odd.clientes.hallar('Ana', call())).rejects.toThrow()
})

describe("auth's list of erased accounts", () => {
  test('is asked for with the own token, from where it was left', async () => {
    const { clientes, seen } = clientsOn((_, calls) => borrados([id], calls === 1 ? 'abc' : null))
    const context = call()
    expect(await clientes.borrados(undefined, context)).toEqual({ ids: [id], siguiente: 'abc' })
    expect(await clientes.borrados('abc', context)).toEqual({ ids: [id], siguiente: undefined })
    expect(seen.map(({ url }) => url)).toEqual([
      'http://peer.test/usuarios/borrados?limite=200',
      'http://peer.test/usuarios/borrados?limite=200&cursor=abc',
    ])
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer t1')
  })

  test('is asked for again with a fresh token after a 401, and refuses what is no answer', async () => {
    const late = clientsOn((_, calls) =>
      calls === 1 ? problem(401, 'no-autenticado') : borrados([], null),
    )
    expect(await late.clientes.borrados(undefined, call())).toEqual({
      ids: [],
      siguiente: undefined,
    })
    const odd = clientsOn(() => problem(422, 'datos-invalidos')).clientes.borrados('x', call())
    expect(odd).rejects.toThrow('auth answered 422')
  })
})

/** An auth that answers as the test says, and how pedidos gets its token there. */
function authThat(answer: () => Response) {
  const fake = async () => answer()
  const link = connectPeer('auth', 'http://auth.test', {
    logger: silentLogger,
    fetch: Object.assign(fake, { preconnect: fetch.preconnect }),
  })
  const token = createServiceToken(link, 's'.repeat(32))
  return { link, fetchToken: () => token.get() }
}

const ajena = () => problem(409, 'instalacion-distinta', { detail: 'Es de otra instalación.' })

describe('peers that do not fit this pedidos', () => {
  test('are found out by one call before the first, and by none after it', async () => {
    const { reservas, seen, enlaces } = clientsOn(() => Response.json(reserva))
    for (let purchase = 0; purchase < 3; purchase++) {
      await reservas.reservar(id, [{ productoId: id, cantidad: 1 }], 60, call())
    }
    expect(enlaces).toEqual([{ instalacion, testigos: [id] }])
    expect(seen).toHaveLength(3)
  })

  test('are told apart from a reservation that is closed, and asked again before the next call', async () => {
    let suya = false
    const { reservas, seen, link } = clientsOn(() =>
      suya ? Response.json({ ...reserva, estado: 'confirmada' }) : ajena(),
    )
    for (const ended of await Promise.allSettled([
      reservas.confirmar(id, call()),
      reservas.liberar(id, call()),
      reservas.consultar(id, call()),
      reservas.reservar(id, [], 1, call()),
      reservas.activas({ cursor: undefined, antesDe: 0 }, call()),
    ])) {
      expect(ended).toMatchObject({ status: 'rejected', reason: { name: 'PeerMisfitError' } })
    }
    expect(link.fit.wrong).toEqual(['Es de otra instalación.'])
    expect(seen.map((one) => one.headers.get('encargo-instalacion'))).toEqual(
      seen.map(() => instalacion),
    )
    suya = true
    expect(await reservas.confirmar(id, call())).toBe('confirmada')
    expect(link.fit.wrong).toEqual([])
  })

  test('because they price in another currency, sell nothing', async () => {
    const articulo = { id, sku: 'S', nombre: 'N', precio: 790, moneda: 'EUR', activo: true }
    const { catalogo, link } = clientsOn(() => Response.json({ datos: [articulo] }))
    await expect(catalogo.buscar([id], call())).rejects.toMatchObject({ name: 'PeerMisfitError' })
    expect(link.fit.wrong).toEqual([expect.stringContaining('MONEDA tiene que ser la misma')])
  })

  test('because of its secret, are named with the variable, until auth gives a token', async () => {
    let known = false
    const { link, fetchToken } = authThat(() =>
      known
        ? Response.json({ access_token: 't', token_type: 'Bearer', expires_in: 600 })
        : problem(401, 'credenciales-invalidas'),
    )
    await expect(fetchToken()).rejects.toMatchObject({ name: 'PeerMisfitError' })
    expect(link.fit.wrong).toEqual([expect.stringContaining('PEDIDOS_CLIENT_SECRET')])
    known = true
    expect(await fetchToken()).toBe('t')
    expect(link.fit.wrong).toEqual([])
  })

  test('because they ask another auth, or it gives too few rights, are named as well', async () => {
    for (const [status, codigo, told] of [
      [401, 'no-autenticado', 'AUTH_URL tiene que llevar al mismo auth'],
      [403, 'prohibido', 'la cuenta de servicio pedidos no tiene sus permisos'],
    ] as const) {
      const { reservas, link } = clientsOn(() => problem(status, codigo))
      await reservas.liberar(id, call()).catch(() => undefined)
      expect(link.fit.wrong).toEqual([expect.stringContaining(told)])
    }
  })
})

test('asks productos anew for a class of tax that it was not told of a moment ago', async () => {
  const { catalogo, seen } = clientsOn((_, calls) => {
    const codigos = calls === 1 ? ['general'] : ['general', 'libros']
    const datos = codigos.map((codigo) => ({ codigo, tasa: 1_200, modo: 'incluido' }))
    return Response.json({ datos })
  })
  expect([...(await catalogo.gravamenes(call())).keys()]).toEqual(['general'])
  expect(await catalogo.hayClase('libros', call())).toBeTrue()
  expect(await catalogo.hayClase('libros', call())).toBeTrue()
  expect([seen.length, await catalogo.hayClase('no', call()), seen.length]).toEqual([2, false, 3])
})
