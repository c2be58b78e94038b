import { describe, expect, test } from 'bun:test'
import { atMost } from '@encargo/service-kit/async/at-most'
import { clienteDePaso } from '../src/domain/compra.ts'
import { rechazo, usuario } from './fixture.ts'
import { tienda, una } from './venta-fixture.ts'

/** With BUYERS=10000 a hundred of them get it. */
const compradores = Number(process.env['BUYERS'] ?? 30)
const usosMaximos = Math.ceil(compradores / 100) + (compradores < 100 ? 2 : 0)

const iguales = [
  'subtotal',
  'descuento',
  'envioImporte',
  'impuesto',
  'base',
  'total',
  'impuestos',
] as const
const totalesEn = (body: Record<string, unknown>) =>
  Object.fromEntries(iguales.map((nombre) => [nombre, body[nombre]]))

describe('a sale', () => {
  test('is quoted and made by one reckoning: lines, discount, shipping, tax', async () => {
    const { metodo, cupon, cotizar, comprar, gravado, direccion, llamar, ana } = await tienda()
    await metodo()
    await cupon()
    const [taza, libro] = [gravado(4_501), gravado(999)]
    const lineas = [
      { productoId: taza, cantidad: 2 },
      { productoId: libro, cantidad: 1 },
    ]
    const que = { lineas, metodoEnvio: 'moto', cupon: ' diez ', direccionEnvio: direccion }
    const cotizado = await cotizar(que)
    expect(cotizado.status).toBe(200)
    expect(cotizado.body).toMatchObject({
      lineas: [
        { productoId: taza, descuento: 900, importe: 8_102, tasaImpuesto: 1_500, impuesto: 1_057 },
        { productoId: libro, descuento: 100, importe: 899, impuesto: 117 },
      ],
      subtotal: 10_001,
      descuento: 1_000,
      envioImporte: 350,
      impuesto: 1_220,
      base: 8_131,
      total: 9_351,
      moneda: 'USD',
      impuestos: [{ codigo: 'general', tasa: 1_500, base: 8_131, impuesto: 1_220 }],
      metodosEnvio: [
        { codigo: 'moto', nombre: 'Moto en la ciudad', tipo: 'domicilio', precio: 350 },
      ],
      cupon: 'DIEZ',
      avisos: [],
    })
    const contacto = {
      nombre: 'Ana Peralta',
      email: 'ana@correo.example',
      telefono: '+593 99 000 0101',
    }
    const facturacion = {
      identificacion: { pais: 'EC', tipo: 'ruc', numero: '1790011674001' },
      razonSocial: 'Andina S. A.',
    }
    const resto = { contacto, facturacion, idioma: 'en', canal: 'web', totalEsperado: 9_351 }
    const hecho = await comprar({ ...que, ...resto })
    expect(hecho.status).toBe(201)
    expect(totalesEn(hecho.body)).toEqual(totalesEn(cotizado.body))
    expect(hecho.body).toMatchObject({
      exigible: 9_351,
      contacto: { ...contacto, telefono: '+593990000101' },
      facturacion,
      metodoEnvio: {
        codigo: 'moto',
        nombre: 'Moto en la ciudad',
        tipo: 'domicilio',
        plazoDias: null,
      },
      cupon: 'DIEZ',
      idioma: 'en',
      canal: 'web',
    })
    const id = String(hecho.body['id'])
    expect((await llamar('GET', `/pedidos/${id}`, undefined, ana)).body).toEqual(hecho.body)
    // What is another customer's or nobody's is not there.
    const otra = await usuario()
    expect(rechazo(await llamar('GET', `/pedidos/${id}`, undefined, otra))).toBe(
      '404 no-encontrado',
    )
    expect(rechazo(await llamar('GET', `/pedidos/${id}`))).toBe('401 no-autenticado')
  })

  test('whose total is another one is told what it comes to, and the same again for its key', async () => {
    const { comprar, gravado, ana, llamar } = await tienda()
    const que = { ...una(gravado(1_000)), totalEsperado: 999 }
    const clave = { headers: { ...ana.headers, 'idempotency-key': crypto.randomUUID() } }
    const primera = await comprar(que, { ...ana, ...clave })
    expect(rechazo(primera)).toBe('409 total-cambiado')
    expect(primera.body['cotizacion']).toMatchObject({ total: 1_000, impuesto: 130, avisos: [] })
    expect((await comprar(que, { ...ana, ...clave })).body).toEqual(primera.body)
    const hecho = await comprar({ ...que, totalEsperado: 1_000 })
    expect([hecho.status, hecho.body['contacto']]).toEqual([201, null])
    expect((await llamar('GET', '/pedidos', undefined, ana)).body['datos']).toHaveLength(1)
  })

  test('needs an address to be sent to, and none where it is fetched', async () => {
    const { metodo, comprar, gravado, direccion } = await tienda()
    await metodo()
    await metodo({
      codigo: 'tienda',
      tipo: 'retiro',
      nombre: 'Retiro',
      tarifa: { tipo: 'fija', precio: 0 },
    })
    const que = una(gravado(1_000))
    const sin = await comprar({ ...que, metodoEnvio: 'moto' })
    expect([rechazo(sin), sin.body['errores']]).toMatchObject([
      '422 datos-invalidos',
      [{ campo: 'direccionEnvio' }],
    ])
    const con = await comprar({ ...que, metodoEnvio: 'tienda', direccionEnvio: direccion })
    expect([rechazo(con), con.body['errores']]).toMatchObject([
      '422 datos-invalidos',
      [{ campo: 'direccionEnvio' }],
    ])
    expect((await comprar({ ...que, metodoEnvio: 'tienda' })).status).toBe(201)
    const lejos = { ...direccion, provincia: 'Loja' }
    expect(rechazo(await comprar({ ...que, metodoEnvio: 'moto', direccionEnvio: lejos }))).toBe(
      '422 envio-no-disponible',
    )
    expect(rechazo(await comprar({ ...que, metodoEnvio: 'nave', direccionEnvio: lejos }))).toBe(
      '422 envio-no-disponible',
    )
  })

  test('names whoever is wrong about an identity number', async () => {
    const { comprar, gravado } = await tienda()
    const identificacion = { pais: 'EC', tipo: 'cedula', numero: '1710034066' }
    const facturacion = { identificacion, razonSocial: 'Ana Peralta' }
    const malo = await comprar({ ...una(gravado(1_000)), facturacion })
    expect([rechazo(malo), malo.body['errores']]).toMatchObject([
      '422 identificacion-invalida',
      [{ campo: 'facturacion.identificacion.numero' }],
    ])
  })

  test('at the counter can be to nobody that is known', async () => {
    const { gravado, comprar, admin, clientes } = await tienda()
    clientes.caido = true
    const que = { ...una(gravado(1_000)), canal: 'mostrador', completar: true }
    const hecho = await comprar(que, admin)
    expect([
      hecho.status,
      hecho.body['clienteId'],
      hecho.body['estado'],
      hecho.body['canal'],
      hecho.body['impuestos'],
    ]).toEqual([
      201,
      clienteDePaso,
      'Completado',
      'mostrador',
      [{ codigo: 'general', tasa: 1_500, base: 870, impuesto: 130 }],
    ])
    clientes.caido = false
    clientes.conocidos.set(clienteDePaso, undefined)
    expect(rechazo(await comprar({ ...una(gravado(1_000)), canal: 'mostrador' }))).toBe(
      '403 prohibido',
    )
    expect(
      rechazo(await comprar({ ...una(gravado(1_000)), clienteId: clienteDePaso }, admin)),
    ).toBe('422 cliente-inexistente')
  })
})

describe('a method', () => {
  const tramos = [
    { desde: 0, precio: 500 },
    { desde: 5_000, precio: 200 },
  ]
  test('is priced by amount, by weight, or free from some amount on', async () => {
    const { metodo, cotizar, gravado } = await tienda()
    await metodo({ codigo: 'a', zonas: [], tarifa: { tipo: 'por-importe', tramos } })
    await metodo({
      codigo: 'b',
      zonas: [],
      tarifa: { tipo: 'por-peso', tramos },
      gratisDesde: 9_000,
    })
    await metodo({
      codigo: 'c',
      zonas: [],
      tarifa: { tipo: 'por-peso', tramos: tramos.slice(1) },
    })
    const caja = gravado(3_000, { pesoGramos: 2_500 })
    const precios = async (cantidad: number) => {
      const { body } = await cotizar(una(caja, cantidad))
      return body['metodosEnvio']
    }
    expect(await precios(1)).toMatchObject([
      { codigo: 'a', precio: 500 },
      { codigo: 'b', precio: 500 },
    ])
    expect(await precios(2)).toMatchObject([
      { codigo: 'a', precio: 200 },
      { codigo: 'b', precio: 200 },
      { codigo: 'c', precio: 200 },
    ])
    expect(await precios(3)).toMatchObject([{ precio: 200 }, { codigo: 'b', precio: 0 }, {}])
  })

  test('reaches its countries and provinces, however those are written', async () => {
    const { metodo, cotizar, gravado } = await tienda()
    const que = una(gravado(1_000))
    const llega = async (direccionEnvio: object) => {
      const { body } = await cotizar({ ...que, direccionEnvio })
      return [body['metodosEnvio'], body['avisos']].map((una) =>
        Array.isArray(una) ? una.length : una,
      )
    }
    // A shop without methods sends anything anywhere, as it agrees with its customer.
    expect(await llega({ pais: 'ES' })).toEqual([0, 0])
    await metodo({ zonas: [{ pais: 'EC', provincias: ['Manabí'] }, { pais: 'PE' }] })
    expect(await llega({ pais: 'EC', provincia: 'MANABI ' })).toEqual([1, 0])
    expect(await llega({ pais: 'PE' })).toEqual([1, 0])
    expect(await llega({ pais: 'EC' })).toEqual([0, 1])
    expect(await llega({ pais: 'ES' })).toEqual([0, 1])
  })

  test('is made and changed by admins, and offered only while it is on', async () => {
    const { metodo, llamar, admin, ana } = await tienda()
    const hecho = await metodo()
    expect([hecho.status, hecho.headers.get('etag')]).toEqual([201, '"1"'])
    expect(rechazo(await metodo())).toBe('409 codigo-en-uso')
    expect(rechazo(await llamar('POST', '/metodos-envio', {}, ana))).toBe('403 prohibido')
    const cambiado = await llamar(
      'PATCH',
      '/metodos-envio/moto',
      { activo: false, plazoDias: 2 },
      admin,
    )
    expect(cambiado.body).toEqual({ ...hecho.body, activo: false, plazoDias: 2, version: 2 })
    const viejo = { ...admin, headers: { ...admin.headers, 'if-match': '"1"' } }
    expect(rechazo(await llamar('PATCH', '/metodos-envio/moto', { activo: true }, viejo))).toBe(
      '412 version-distinta',
    )
    expect(rechazo(await llamar('PATCH', '/metodos-envio/no', { activo: true }, admin))).toBe(
      '404 no-encontrado',
    )
    expect((await llamar('GET', '/metodos-envio')).body).toEqual({ datos: [] })
    expect((await llamar('GET', '/metodos-envio', undefined, admin)).body).toEqual({
      datos: [cambiado.body],
    })
    const tarifa = { tipo: 'por-peso', tramos: tramos.toReversed() }
    expect((await metodo({ codigo: 'x', tarifa })).body['errores']).toMatchObject([
      { campo: 'tarifa.tramos' },
    ])
  })

  test('is of a class of tax that productos has, or of the general one', async () => {
    const { metodo, llamar, admin, catalogo } = await tienda()
    const cambiar = (claseImpuesto: string) =>
      llamar('PATCH', '/metodos-envio/moto', { claseImpuesto }, admin)
    const mal = [{ campo: 'claseImpuesto', regla: 'impuesto-desconocido' }]
    expect((await metodo({ claseImpuesto: 'libros' })).body['errores']).toMatchObject(mal)
    catalogo.clases.clear()
    expect((await metodo({ claseImpuesto: 'general' })).status).toBe(201)
    expect((await cambiar('libros')).body['errores']).toMatchObject(mal)
    catalogo.clases.set('libros', { clase: 'libros', tasa: 0, porDentro: false })
    expect((await cambiar('libros')).body).toMatchObject({ claseImpuesto: 'libros', version: 2 })
    catalogo.caido = true
    expect(rechazo(await cambiar('libros'))).toBe('503 servicio-no-disponible')
    expect((await cambiar('general')).status).toBe(200)
  })
})

describe('a coupon', () => {
  test('is refused with what can be done about it', async () => {
    const { cupon, cotizar, comprar, gravado, clock, ana } = await tienda()
    const invitado = await usuario({ invitado: true })
    const dia = 24 * 60 * 60 * 1000
    const en = (ms: number) => new Date(clock.ms() + ms).toISOString()
    await cupon({ codigo: 'OFF', activo: false })
    await cupon({ codigo: 'LUEGO', desde: en(dia) })
    await cupon({ codigo: 'FUE', hasta: en(-1) })
    await cupon({ codigo: 'MIL', minimo: 100_000 })
    await cupon({ codigo: 'CAFE', categorias: ['Café'] })
    await cupon({ codigo: 'UNA', usosPorCliente: 1 })
    await cupon({ codigo: 'LLEVA', tipo: 'envio-gratis', valor: undefined })
    const que = una(gravado(1_000, { categoria: 'Libros' }))
    const avisos = async (codigo: string, quien?: typeof ana) => {
      const { body } = await cotizar({ ...que, cupon: codigo }, quien)
      return [body['avisos'], body['descuento']]
    }
    const motivos: unknown[] = []
    for (const codigo of ['NO-HAY', 'OFF', 'LUEGO', 'FUE', 'MIL', 'CAFE', 'UNA']) {
      const [dichos, descuento] = await avisos(codigo)
      expect([dichos, descuento]).toMatchObject([[{ codigo: 'cupon-invalido' }], 0])
      const quien = codigo === 'UNA' ? invitado : ana
      const negado = await comprar({ ...que, cupon: codigo }, quien)
      expect(rechazo(negado)).toBe('422 cupon-invalido')
      const { detail: detalle, motivo } = negado.body
      expect(dichos).toEqual([{ codigo: 'cupon-invalido', detalle, motivo }])
      motivos.push(motivo)
    }
    const sinMas = ['desconocido', 'apagado', 'aun-no', 'vencido', 'minimo', 'sin-lineas']
    expect(motivos).toEqual([...sinMas, 'sin-cuenta'])
    expect((await comprar({ ...que, cupon: 'LLEVA' })).body).toMatchObject({
      codigo: 'cupon-invalido',
      motivo: 'sin-envio',
    })
    expect((await avisos('UNA', ana))[0]).toEqual([])
    // Two at once, and one more: whoever has had it is told so, however late that is found out.
    const aLaVez = await Promise.all([1, 2].map(() => comprar({ ...que, cupon: 'UNA' })))
    const [hecho, ...negados] = [...aLaVez, await comprar({ ...que, cupon: 'UNA' })].toSorted(
      (uno, otro) => uno.status - otro.status,
    )
    expect(hecho?.status).toBe(201)
    for (const negado of negados) {
      expect(rechazo(negado)).toBe('409 cupon-agotado')
      expect(negado.body['motivo']).toBe('ya-usado')
    }
    const usado = { codigo: 'cupon-agotado', motivo: 'ya-usado' }
    expect((await avisos('UNA', ana))[0]).toMatchObject([usado])
  })

  test('with a limit for each customer is judged for whom staff name, and is no good to a walk-in', async () => {
    const { cupon, cotizar, comprar, gravado, admin, ana } = await tienda()
    await cupon({ usosPorCliente: 1 })
    const que = { ...una(gravado(1_000)), cupon: 'DIEZ' }
    const motivos = async (mas: object) => {
      const { body } = await cotizar({ ...que, ...mas }, admin)
      return (body['avisos'] as { motivo: string }[]).map(({ motivo }) => motivo)
    }
    const canal = 'mostrador'
    expect(await motivos({ canal })).toEqual(['sin-cuenta'])
    expect(await motivos({ canal, clienteId: ana.id })).toEqual([])
    expect((await comprar(que, ana)).status).toBe(201)
    expect(await motivos({ canal, clienteId: ana.id })).toEqual(['ya-usado'])
    expect(rechazo(await cotizar({ ...que, canal }, ana))).toBe('403 prohibido')
    expect(rechazo(await cotizar({ ...que, clienteId: admin.id }, ana))).toBe('403 prohibido')
    expect(rechazo(await cotizar({ ...que, clienteId: ana.id }))).toBe('403 prohibido')
    expect((await cotizar({ ...que, clienteId: ana.id }, ana)).status).toBe(200)
  })

  test('takes off the lines that it is for, or what the shipping costs', async () => {
    const { cupon, metodo, cotizar, gravado } = await tienda()
    await metodo({ zonas: [] })
    await cupon({ codigo: 'CAFE', tipo: 'importe', valor: 500, categorias: ['cafe'] })
    await cupon({ codigo: 'LLEVA', tipo: 'envio-gratis', valor: undefined })
    const lineas = [
      { productoId: gravado(300, { categoria: 'Café' }), cantidad: 1 },
      { productoId: gravado(1_000), cantidad: 1 },
    ]
    const cafe = await cotizar({ lineas, metodoEnvio: 'moto', cupon: 'CAFE' })
    expect(cafe.body).toMatchObject({ descuento: 300, total: 1_350 })
    expect(cafe.body['lineas']).toMatchObject([{ importe: 0 }, { importe: 1_000 }])
    const lleva = await cotizar({ lineas, metodoEnvio: 'moto', cupon: 'LLEVA' })
    expect(lleva.body).toMatchObject({ descuento: 0, envioImporte: 0, total: 1_300 })
    expect(lleva.body['metodosEnvio']).toMatchObject([{ precio: 0 }])
  })

  test('is never used more often than it may be, and again once an order is cancelled', async () => {
    const { cupon, comprar, gravado, llamar, admin, ana, inventario } = await tienda()
    await cupon({ usosMaximos })
    const producto = gravado(1_000)
    const que = { ...una(producto), cupon: 'DIEZ' }
    inventario.fisico.set(producto, compradores)
    const hechos: Awaited<ReturnType<typeof comprar>>[] = []
    await atMost(64, Array.from({ length: compradores }), async () => {
      hechos.push(await comprar(que, await usuario()))
    })
    const cuantos = Map.groupBy(hechos, rechazo)
    expect(cuantos.get('409 cupon-agotado')).toHaveLength(compradores - usosMaximos)
    expect(cuantos.get('201 undefined')).toHaveLength(usosMaximos)
    expect((await llamar('GET', '/cupones/diez', undefined, admin)).body['usados']).toBe(
      usosMaximos,
    )
    const [hecho] = hechos.filter(({ status }) => status === 201)
    await llamar('PATCH', `/pedidos/${String(hecho?.body['id'])}`, { estado: 'Cancelado' }, admin)
    expect((await llamar('GET', '/cupones/diez', undefined, admin)).body['usados']).toBe(
      usosMaximos - 1,
    )
    expect((await comprar(que)).status).toBe(201)
    expect(rechazo(await llamar('GET', '/cupones/diez', undefined, ana))).toBe('403 prohibido')
  })

  test('is made and changed by admins within what its kind allows', async () => {
    const { cupon, llamar, admin, comprar, gravado } = await tienda()
    const hecho = await cupon({ codigo: 'diez', hasta: '2026-12-31' })
    expect(hecho.body).toMatchObject({
      codigo: 'DIEZ',
      hasta: '2027-01-01T00:00:00.000Z',
      usados: 0,
    })
    expect(rechazo(await cupon())).toBe('409 codigo-en-uso')
    for (const mal of [
      { valor: 10_001 },
      { valor: undefined },
      { tipo: 'envio-gratis' },
      { desde: '2026-02-01', hasta: '2026-01-01' },
    ]) {
      expect(rechazo(await cupon({ codigo: 'MAL', ...mal }))).toBe('422 datos-invalidos')
    }
    await comprar({ ...una(gravado(1_000)), cupon: 'DIEZ' })
    await comprar({ ...una(gravado(1_000)), cupon: 'DIEZ' }, await usuario())
    expect(
      (await llamar('PATCH', '/cupones/DIEZ', { desde: '2027-01-01' }, admin)).body,
    ).toMatchObject({
      errores: [{ campo: 'hasta' }],
    })
    const editar = (body: object) => llamar('PATCH', '/cupones/DIEZ', body, admin)
    expect((await editar({ usosMaximos: 1 })).body['errores']).toMatchObject([
      { campo: 'usosMaximos' },
    ])
    expect((await editar({ valor: 20_000 })).body['errores']).toMatchObject([{ campo: 'valor' }])
    expect((await editar({ usosMaximos: 2, hasta: null })).body).toMatchObject({
      usosMaximos: 2,
      hasta: null,
      usados: 2,
      version: 2,
    })
    await cupon({ codigo: 'AAA' })
    const { body } = await llamar('GET', '/cupones?limite=1', undefined, admin)
    expect(body['datos']).toMatchObject([{ codigo: 'AAA' }])
    const siguiente = await llamar(
      'GET',
      `/cupones?cursor=${String(body['siguiente'])}`,
      undefined,
      admin,
    )
    expect(siguiente.body).toMatchObject({ datos: [{ codigo: 'DIEZ' }], siguiente: null })
  })
})

test('a quote says what there is too little of, and less while inventario is away', async () => {
  const { cotizar, producto, inventario, catalogo } = await tienda()
  const poca = producto(1_000, 2)
  const avisos = async () => (await cotizar(una(poca, 3))).body['avisos']
  const falta = { codigo: 'stock-insuficiente', productoId: poca, disponible: 2 }
  expect(await avisos()).toMatchObject([falta])
  inventario.averia = () => 'antes'
  expect(await avisos()).toEqual([])
  expect(rechazo(await cotizar(una(crypto.randomUUID())))).toBe('422 producto-inexistente')
  catalogo.caido = true
  expect(rechazo(await cotizar(una(poca)))).toBe('503 servicio-no-disponible')
})
