import { describe, expect, test } from 'bun:test'
import { admin, adminId, cliente, openPagos, operador } from './fixture.ts'

const efectivo = { proveedor: 'manual', nombre: 'En efectivo', momento: 'contra-entrega' } as const
const deposito = {
  proveedor: 'manual',
  nombre: 'Transferencia',
  momento: 'antes',
  instrucciones: 'Banco Pichincha, cuenta 2200112233',
  minimo: 500,
  maximo: 100_000,
  paises: ['EC', 'PE'],
  plazoSegundos: 259_200,
} as const
const tarjeta = { proveedor: 'stripe', nombre: 'Tarjeta', momento: 'antes' } as const

async function conMetodos(more: Record<string, string> = {}) {
  const pagos = await openPagos(more)
  const poner = (codigo: string, body: object, headers: Record<string, string> = admin) =>
    pagos.send('PUT', `/metodos-pago/${codigo}`, { body, headers })
  const ofrecidos = async (query = '') =>
    (await pagos.send('GET', `/metodos-pago${query}`)).json.datos?.map(({ codigo }) => codigo)
  return { ...pagos, poner, ofrecidos }
}

describe('the ways to pay', () => {
  test('of a new shop are none', async () => {
    const { ofrecidos } = await conMetodos()
    expect(await ofrecidos()).toEqual([])
  })

  test('are made once, changed where they are said to be, and told in their order', async () => {
    const { poner, send } = await conMetodos()
    const primera = await poner('efectivo', efectivo)
    expect([primera.status, primera.headers.get('etag')]).toEqual([201, '"1"'])
    expect(primera.json).toEqual({
      codigo: 'efectivo',
      ...efectivo,
      plazoSegundos: null,
      instrucciones: null,
      minimo: null,
      maximo: null,
      paises: [],
      activo: true,
      disponible: true,
      posicion: 1,
      version: 1,
    })
    expect((await poner('deposito', deposito)).json).toMatchObject({ ...deposito, posicion: 2 })
    const igual = await poner('efectivo', efectivo)
    expect([igual.status, igual.json['version']]).toEqual([200, 1])
    const otra = await poner('efectivo', { ...efectivo, nombre: 'Billetes', posicion: 7 })
    expect(otra.json).toMatchObject({ nombre: 'Billetes', posicion: 7, version: 2 })
    const todos = await send('GET', '/metodos-pago/todos', { headers: operador })
    expect(todos.json.datos?.map(({ codigo }) => codigo)).toEqual(['deposito', 'efectivo'])
    const apagados = ['stripe', 'mercadopago', 'externo'].map((id) => ({ id, disponible: false }))
    expect(todos.json['proveedores']).toEqual([{ id: 'manual', disponible: true }, ...apagados])
    const { json } = await send('GET', '/metodos-pago')
    expect(json.datos?.[0]).toEqual({
      codigo: 'deposito',
      nombre: 'Transferencia',
      proveedor: 'manual',
      minimo: 500,
      maximo: 100_000,
      momento: 'antes',
      instrucciones: deposito.instrucciones,
    })
  })

  test('are offered for the amounts and the countries that they are for', async () => {
    const { poner, ofrecidos } = await conMetodos()
    await poner('efectivo', efectivo)
    await poner('deposito', deposito)
    const ambos = ['efectivo', 'deposito']
    expect(await ofrecidos()).toEqual(ambos)
    for (const total of [500, 100_000]) expect(await ofrecidos(`?total=${total}`)).toEqual(ambos)
    for (const total of [0, 499, 100_001]) {
      expect(await ofrecidos(`?total=${total}`)).toEqual(['efectivo'])
    }
    expect(await ofrecidos('?total=500&pais=PE')).toEqual(ambos)
    expect(await ofrecidos('?pais=CL')).toEqual(['efectivo'])
    await poner('efectivo', { ...efectivo, activo: false })
    expect(await ofrecidos('?pais=CL')).toEqual([])
  })

  test('of a provider without an account are kept and offered to nobody', async () => {
    const { poner, ofrecidos, send } = await conMetodos()
    expect((await poner('tarjeta', tarjeta)).json['disponible']).toBe(false)
    expect(await ofrecidos()).toEqual([])
    const { json } = await send('GET', '/metodos-pago/todos', { headers: operador })
    expect(json.datos).toHaveLength(1)
    const claves = {
      STRIPE_SECRET_KEY: 'sk_test_12345678',
      STRIPE_WEBHOOK_SECRET: 'whsec_12345678',
    }
    const conCuenta = await conMetodos(claves)
    await conCuenta.poner('tarjeta', tarjeta)
    expect(await conCuenta.ofrecidos()).toEqual(['tarjeta'])
  })

  test('are changed by nobody who had not seen the last change', async () => {
    const { poner, send } = await conMetodos()
    await poner('efectivo', efectivo)
    await poner('efectivo', { ...efectivo, nombre: 'Billetes' })
    const tarde = await poner('efectivo', efectivo, { ...admin, 'if-match': '"1"' })
    expect([tarde.status, tarde.json['codigo']]).toEqual([412, 'version-distinta'])
    const { json } = await send('GET', '/metodos-pago/todos', { headers: operador })
    expect(json.datos?.[0]).toMatchObject({ nombre: 'Billetes', version: 2 })
  })

  test('are an admin’s to say, and staff’s to see; who said what is kept', async () => {
    const { poner, send } = await conMetodos()
    expect((await poner('efectivo', efectivo, operador)).status).toBe(403)
    expect((await send('PUT', '/metodos-pago/efectivo', { body: efectivo })).status).toBe(401)
    expect((await send('GET', '/metodos-pago/todos', { headers: cliente })).status).toBe(403)
    await poner('efectivo', efectivo)
    await poner('efectivo', { ...efectivo, maximo: 900 })
    const { json } = await send('GET', '/auditoria?sujetoId=efectivo', { headers: operador })
    expect(json.datos).toMatchObject([
      { accion: 'metodo-pago-editado', actorId: adminId, detalle: 'maximo' },
      { accion: 'metodo-pago-creado', actorId: adminId },
    ])
  })

  test.each([
    ['a code with capitals', 'Efectivo', efectivo, 'codigo'],
    ['an unknown provider', 'efectivo', { ...efectivo, proveedor: 'banco' }, 'proveedor'],
    ['an unknown moment', 'efectivo', { ...efectivo, momento: 'luego' }, 'momento'],
    ['a most below the least', 'efectivo', { ...efectivo, minimo: 9, maximo: 8 }, 'maximo'],
    ['a country in words', 'efectivo', { ...efectivo, paises: ['Perú'] }, 'paises.0'],
    ['a time that is none', 'efectivo', { ...efectivo, plazoSegundos: 5 }, 'plazoSegundos'],
    ['a field that there is not', 'efectivo', { ...efectivo, comision: 3 }, 'comision'],
  ])('refuse %s and name the field', async (_, codigo, body, campo) => {
    const { poner, ofrecidos } = await conMetodos()
    const { status, json } = await poner(codigo, body)
    expect([status, json['errores']]).toEqual([422, [expect.objectContaining({ campo })]])
    expect(await ofrecidos()).toEqual([])
  })

  test('are fifty at most, of which each can still be changed', async () => {
    const { poner } = await conMetodos()
    for (let n = 0; n < 50; n++) await poner(`m-${n}`, efectivo)
    expect((await poner('uno-mas', efectivo)).status).toBe(422)
    expect((await poner('m-7', { ...efectivo, nombre: 'Siete' })).status).toBe(200)
  })
})

test.each([
  ['STRIPE_SECRET_KEY', 'sk_test_12345678', 'STRIPE_WEBHOOK_SECRET must be set as well'],
  ['STRIPE_WEBHOOK_SECRET', 'whsec_12345678', 'STRIPE_SECRET_KEY must be set as well'],
  ['MERCADOPAGO_ACCESS_TOKEN', 'APP_USR-1234567890', 'MERCADOPAGO_WEBHOOK_SECRET must be set'],
  ['PROVEEDOR_EXTERNO_URL', 'http://127.0.0.1:9100', 'PROVEEDOR_EXTERNO_SECRET must be set'],
])(
  'half an account with a provider, %s alone, keeps pagos from opening',
  async (name, value, told) => {
    await expect(openPagos({ [name]: value })).rejects.toThrow(told)
  },
)

test('amounts keep the currency that they were written in', async () => {
  const pagos = await openPagos()
  const ready = await pagos.send('GET', '/readyz')
  expect([ready.status, (await pagos.send('GET', '/livez')).json['moneda']]).toEqual([200, 'USD'])
})
