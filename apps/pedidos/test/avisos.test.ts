import { describe, expect, test } from 'bun:test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rellenar } from '../src/domain/plantilla.ts'
import { formatoDe } from '../src/domain/formato.ts'
import { rechazo, usuario } from './fixture.ts'
import { type Tienda, tienda } from './venta-fixture.ts'

const hora = 60 * 60 * 1000
const contacto = { nombre: 'Ana <b>', email: 'ana@correo.example', telefono: '+593 99 123 4567' }

type Mas = Record<string, unknown>
const comprar = async (t: Tienda, mas: Mas = {}) => {
  const productoId = t.gravado(1_150, { nombre: 'Café & té' })
  const lineas = [{ productoId, cantidad: 2 }]
  const { body } = await t.comprar({ lineas, contacto, ...mas })
  return String(body['id'])
}
const cambiar = (t: Tienda, id: string, body: Mas) =>
  t.llamar('PATCH', `/pedidos/${id}`, body, t.admin)
const ajustar = (t: Tienda, mas: Mas) => {
  const todo = { personal: [], tipos: {}, instruccionesPago: {}, idioma: null, ...mas }
  return t.llamar('PUT', '/ajustes/avisos', todo, t.admin)
}
const avisosDe = async (t: Tienda, id: string) => {
  const { body } = await t.llamar('GET', `/pedidos/${id}/avisos`, undefined, t.admin)
  return body['datos'] as { id: number; tipo: string; estado: string; fallo: string | null }[]
}
const resumidos = async (t: Tienda, id: string) =>
  (await avisosDe(t, id)).map(({ tipo, estado, fallo }) =>
    [tipo, estado, fallo ?? ''].join(' ').trim(),
  )
const asuntos = (t: Tienda) => t.buzon.mensajes.map(({ asunto }) => asunto)

describe('a customer who gave an address', () => {
  test('hears that the order is here, what it comes to, and by which link it is seen', async () => {
    const t = await tienda()
    await t.metodo()
    const id = await comprar(t, { metodoEnvio: 'moto', direccionEnvio: t.direccion })
    await t.repartir()
    expect(await resumidos(t, id)).toEqual([
      'instrucciones omitido ya-no-viene-al-caso',
      'recibido enviado',
    ])
    const [mensaje] = t.buzon.mensajes
    expect(mensaje).toMatchObject({ para: contacto.email, de: 'Bazar' })
    expect(mensaje?.asunto).toBe('Recibimos tu pedido 1 en Bazar')
    expect(mensaje?.texto).toContain('2 × Café & té  $23.00')
    expect(mensaje?.texto).toContain('Envío  $3.50\nTotal  $26.50\nImpuesto incluido (15%)  $3.46')
    expect(mensaje?.texto).toContain(
      'Se envía a:\nAna\nLarga 7\nCuenca, Azuay\nEcuador\nMoto en la ciudad',
    )
    expect(mensaje?.html).toContain('Café &amp; té')
    const [enlace = ''] = /\/seguimiento\/\S+/.exec(mensaje?.texto ?? '') ?? []
    expect((await t.llamar('GET', enlace)).body).toMatchObject({ numero: 1, estado: 'Pendiente' })
    await t.repartir()
    expect(t.buzon.mensajes).toHaveLength(1)
  })

  test('hears how to pay where the shop has said it, in the language of the order', async () => {
    const t = await tienda()
    await ajustar(t, { instruccionesPago: { es: 'Banco del Austro', en: 'Austro bank' } })
    await comprar(t, { idioma: 'en' })
    await t.repartir()
    const pago = t.buzon.mensajes.find(({ asunto }) => asunto.startsWith('How to pay'))
    expect(pago?.texto).toMatch(/comes? to|total of your order 1 is \$23\.00/)
    expect(pago?.texto).toContain('Austro bank')
    expect(pago?.html).toContain('lang="en"')
    await t.cupon({ valor: 10_000 })
    const regalado = await comprar(t, { cupon: 'DIEZ' })
    await t.repartir()
    expect(await resumidos(t, regalado)).toContain('instrucciones omitido ya-no-viene-al-caso')
  })

  test('hears that it is ready, was handed over, and that the sale was voided', async () => {
    const t = await tienda()
    const instrucciones = 'Bolívar 8-30, patio\nLunes a viernes'
    const local = { codigo: 'local', nombre: 'En el local', tipo: 'retiro', zonas: [] }
    await t.metodo({ ...local, instrucciones })
    const identificacion = { pais: 'EC', tipo: 'ruc', numero: '1790011674001' }
    const facturacion = { identificacion, razonSocial: 'Cafetería Sur' }
    const id = await comprar(t, { metodoEnvio: 'local', facturacion })
    await t.repartir()
    expect(t.buzon.mensajes[0]?.texto).toContain(
      `:\nEn el local\n${instrucciones}\n\nFactura a nombre de:\nCafetería Sur\nRUC 1790011674001`,
    )
    await t.llamar('POST', `/pedidos/${id}/preparado`, undefined, t.admin)
    await t.repartir()
    expect(t.buzon.mensajes.at(-1)?.texto).toContain(`\nEn el local\n${instrucciones}\n`)
    await cambiar(t, id, { estado: 'Completado' })
    await t.repartir()
    const motivo = 'Se cobró dos veces'
    for (let veces = 0; veces < 2; veces++) {
      await t.llamar('POST', `/pedidos/${id}/anulacion`, { motivo }, t.admin)
      await t.repartir()
    }
    expect(asuntos(t)).toEqual([
      'Recibimos tu pedido 1 en Bazar',
      'Tu pedido 1 está listo para retirar en Bazar',
      'Entregamos tu pedido 1',
      'Tu compra 1 en Bazar se anuló',
    ])
    expect(t.buzon.mensajes.at(-1)?.texto).toContain('$23.00')
  })

  test('hears that it was sent, or why it was cancelled', async () => {
    const t = await tienda()
    await t.metodo()
    const lejos = { metodoEnvio: 'moto', direccionEnvio: t.direccion }
    const [uno, dos] = [await comprar(t, lejos), await comprar(t)]
    await t.repartir()
    t.buzon.mensajes.length = 0
    await cambiar(t, uno, { estado: 'Completado' })
    await cambiar(t, dos, { estado: 'Cancelado', motivo: 'Se rompió <todo>' })
    await t.repartir()
    const [cancelado, enviado] = t.buzon.mensajes.toSorted((a, b) => (a.asunto < b.asunto ? 1 : -1))
    expect(asuntos(t).sort()).toEqual([
      'Tu pedido 1 va en camino',
      'Tu pedido 2 en Bazar se canceló',
    ])
    expect(enviado?.texto).toContain('salió de la tienda')
    expect(cancelado?.texto).toContain('Motivo: Se rompió <todo>')
    expect(cancelado?.html).toContain('Se rompió &lt;todo&gt;')
  })

  test('hears once that it is about to run out, and then that it has', async () => {
    const t = await tienda()
    const id = await comprar(t)
    await t.repartir()
    t.clock.advance(17 * hora)
    await t.repartir()
    expect(asuntos(t)).toHaveLength(1)
    t.clock.advance(2 * hora)
    await t.repartir()
    t.clock.advance(hora)
    await t.repartir()
    expect(asuntos(t).slice(1)).toEqual(['Tu pedido 1 se cancelará pronto'])
    t.clock.advance(5 * hora)
    t.inventario.expirar()
    await t.repartir()
    await t.repartir()
    expect(asuntos(t).slice(2)).toEqual(['Tu pedido 1 en Bazar se canceló'])
    expect(t.buzon.mensajes.at(-1)?.texto).toContain('Se acabó el tiempo')
    expect(await resumidos(t, id)).toContain('por-vencer enviado')
  })

  test('hears nothing of what the shop has switched off', async () => {
    const t = await tienda()
    await ajustar(t, { tipos: { recibido: false } })
    const id = await comprar(t)
    await t.repartir()
    expect(await resumidos(t, id)).toContain('recibido omitido apagado')
    expect(t.buzon.mensajes).toEqual([])
  })
})

const enLima = (moneda: string) => formatoDe('es', moneda, 'America/Lima')

test('amounts are written as in the country of their money, and a moment can end a sentence', () => {
  const dicho = ['USD', 'CLP', 'PEN', 'EUR'].map((moneda) => enLima(moneda).dinero(285_000))
  expect(dicho).toEqual(['$2,850.00', '$285.000', 'S/ 2,850.00', '2850,00 €'])
  expect(enLima('USD').momento(0)).toEndWith('19:00')
})

test('the first line of a template is the subject: one line, of plain text, if it says anything', () => {
  const valores = { motivo: 'Se rompió\nuna taza', tienda: 'Café &amp; té', nada: '' }
  const de = (linea: string) =>
    rellenar(`${linea}\n\n<p>{{tienda}}</p>`, valores, { ...valores, tienda: 'Café & té' })
  expect(de('Asunto: {{tienda}}: {{motivo}}')).toEqual({
    asunto: 'Café & té: Se rompió una taza',
    cuerpo: '<p>Café &amp; té</p>',
  })
  expect(de('Subject: {{nada}}')).toEqual({ asunto: null, cuerpo: '<p>Café &amp; té</p>' })
  expect(de('Hola').cuerpo).toStartWith('Hola\n')
})

test('an erased customer is written to no more, and their links open nothing', async () => {
  const t = await tienda()
  const id = await comprar(t)
  await t.repartir()
  const [enlace = ''] = /\/seguimiento\/\S+/.exec(t.buzon.mensajes[0]?.texto ?? '') ?? []
  t.clientes.eliminados.push(t.ana.id)
  t.clock.advance(10 * 60_000)
  await t.casos.driver.tick()
  await t.casos.driver.tick()
  expect(rechazo(await t.llamar('GET', enlace))).toBe('404 no-encontrado')
  const [recibido] = (await avisosDe(t, id)).filter(({ tipo }) => tipo === 'recibido')
  await t.llamar('POST', `/pedidos/${id}/avisos/${recibido?.id}/reenviar`, undefined, t.admin)
  await cambiar(t, id, { estado: 'Completado' })
  await t.repartir()
  expect(t.buzon.mensajes).toHaveLength(1)
  expect(await resumidos(t, id)).toContain('recibido omitido sin-destino')
})

test('who gave no address is written nothing, and costs nothing', async () => {
  const t = await tienda()
  const id = await comprar(t, { contacto: undefined })
  await t.repartir()
  expect([await avisosDe(t, id), t.buzon.mensajes]).toEqual([[], []])
})

describe('the staff', () => {
  test('hears of new orders, of everybody’s but its own', async () => {
    const t = await tienda()
    await ajustar(t, { personal: ['caja@bazar.example', 'jefa@bazar.example'] })
    const id = await comprar(t, { contacto: undefined })
    const lineas = [{ productoId: t.gravado(500), cantidad: 1 }]
    await t.comprar({ lineas, clienteId: t.ana.id }, t.admin)
    await t.repartir()
    expect(asuntos(t)).toEqual(['Pedido 1: $23.00'])
    const [mensaje] = t.buzon.mensajes
    expect(mensaje?.para).toEqual(['caja@bazar.example', 'jefa@bazar.example'])
    expect(mensaje?.texto).toContain(`/gestion/pedidos/${id}`)
  })

  test('hears once of what is running out, all in one mail, until there is enough again', async () => {
    const t = await tienda()
    const [cafe, te] = [t.gravado(500, { nombre: 'Café' }), t.gravado(500, { nombre: 'Té' })]
    t.inventario.fisico.set(cafe, 3).set(te, 0)
    t.inventario.minimos.set(cafe, 5).set(te, 5)
    await t.repartir()
    expect(t.buzon.mensajes).toEqual([])
    await ajustar(t, { personal: ['caja@bazar.example'] })
    const pasar = async () => {
      t.clock.advance(6 * 60_000)
      await t.repartir()
      await t.repartir()
    }
    await pasar()
    await pasar()
    expect(asuntos(t)).toEqual(['Queda poco de 2 productos'])
    expect(t.buzon.mensajes[0]?.texto).toContain('Café  quedan 3\nTé  quedan 0')
    t.inventario.fisico.set(cafe, 30)
    await pasar()
    t.inventario.fisico.set(cafe, 1)
    await pasar()
    expect(asuntos(t).slice(1)).toEqual(['Queda poco de un producto'])
  })

  test('sends a mail again, as another one, and once while that waits', async () => {
    const t = await tienda()
    const id = await comprar(t)
    await t.repartir()
    const recibido = (await avisosDe(t, id)).find(({ tipo }) => tipo === 'recibido')
    const camino = (pedido = id, aviso = recibido?.id ?? 0) =>
      `/pedidos/${pedido}/avisos/${aviso}/reenviar`
    const otra = await t.llamar('POST', camino(), undefined, t.admin)
    expect([otra.status, otra.body['estado']]).toEqual([202, 'por-enviar'])
    expect((await t.llamar('POST', camino(), undefined, t.admin)).body).toEqual(otra.body)
    await t.repartir()
    expect(t.buzon.mensajes).toHaveLength(2)
    const [uno, dos] = t.buzon.mensajes
    expect(dos?.texto.replace(/seguimiento\/\S+/, '')).toBe(
      uno?.texto.replace(/seguimiento\/\S+/, ''),
    )
    expect(dos?.id).not.toBe(uno?.id)
    const ajeno = await comprar(t)
    for (const malo of [camino(id, 999), camino(ajeno), camino(Bun.randomUUIDv7())]) {
      expect(rechazo(await t.llamar('POST', malo, undefined, t.admin))).toBe('404 no-encontrado')
    }
    expect(rechazo(await t.llamar('POST', camino(), undefined, t.ana))).toBe('403 prohibido')
  })
})

describe('the settings of mails', () => {
  test('are read by staff and written by admins, who have seen what they change', async () => {
    const t = await tienda()
    const caja = await usuario({ rol: 'operador' })
    const leer = (quien = caja) => t.llamar('GET', '/ajustes/avisos', undefined, quien)
    const nada = await leer()
    expect(nada.body).toMatchObject({ personal: [], idioma: null, version: 0 })
    expect(rechazo(await leer(t.ana))).toBe('403 prohibido')
    const puestos = await ajustar(t, { instruccionesPago: { es: 'Al contado' } })
    expect([puestos.status, puestos.headers.get('etag')]).toEqual([200, '"1"'])
    expect((await leer()).body).toEqual(puestos.body)
    const viejo = { ...caja, headers: { ...t.admin.headers, 'if-match': '"0"' } }
    const body = { personal: [], tipos: {}, instruccionesPago: {}, idioma: 'en' }
    expect(rechazo(await t.llamar('PUT', '/ajustes/avisos', body, viejo))).toBe(
      '412 version-distinta',
    )
    expect(rechazo(await t.llamar('PUT', '/ajustes/avisos', body, caja))).toBe('403 prohibido')
    const publicos = await t.llamar('GET', '/ajustes/publicos')
    expect(publicos.body).toEqual({ instruccionesPago: { es: 'Al contado' } })
  })

  test('show each mail as it would be sent, with templates of the shop where they are good', async () => {
    const t = await tienda()
    const folder = join(t.config.DATA_DIR, 'plantillas')
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'recibido.es.txt'),
      'Asunto: ¡Gracias, {{nombre}}!\n\nPedido {{numero}}\n{{totales}}',
    )
    writeFileSync(join(folder, 'recibido.es.html'), '<p>{{constructor}}</p>')
    const ver = async (que: string) =>
      (await t.llamar('GET', `/ajustes/avisos/muestra?${que}`, undefined, t.admin)).body
    const propio = await ver('tipo=recibido')
    expect(propio['asunto']).toBe('¡Gracias, Rosa Peralta!')
    expect(propio['texto']).toStartWith('Pedido 36\nSubtotal  $25.00\n')
    expect(propio['html']).toContain('Gracias por tu pedido')
    expect(propio['reparos']).toEqual([
      'recibido.es.html: it names constructor, which there is none of',
    ])
    expect((await ver('tipo=existencia-baja&idioma=en'))['texto']).toContain('Café de Loja  3 left')
    const id = await comprar(t)
    await t.repartir()
    expect(asuntos(t)).toEqual(['¡Gracias, Ana <b>!'])
    expect(await resumidos(t, id)).toContain('recibido enviado')
  })
})
