import { smtpMailer } from '@encargo/service-kit/mail/mailer'
import { startSmtp } from '@encargo/service-kit/testing/smtp'
import { describe, expect, test } from 'bun:test'
import { pedir } from './fixture.ts'
import { tienda } from './venta-fixture.ts'

const minuto = 60_000
const ocupado = { responseCode: 451, message: 'try again, ana@correo.example' }
const from = 'Caja <caja@bazar.example>'

/** A shop whose mails go to a real server. */
async function abrir(options: Parameters<typeof startSmtp>[0] = {}, password?: string) {
  const server = await startSmtp(options)
  const t = await tienda()
  t.buzon.enviar = smtpMailer(server.url(password), from)
  return {
    ...t,
    server,
    /** Sold at the counter, so that one mail is owed. */
    async vender(email = 'ana@correo.example') {
      const lineas = [{ productoId: t.gravado(500), cantidad: 1 }]
      const contacto = { nombre: 'Ana', email }
      const body = { lineas, contacto, canal: 'mostrador', clienteId: t.ana.id }
      return String((await t.comprar(body, t.admin)).body['id'])
    },
    async estados(id: string) {
      const { body } = await t.llamar('GET', `/pedidos/${id}/avisos`, undefined, t.admin)
      const datos = body['datos'] as { estado: string; intentos: number; fallo: string | null }[]
      return datos.map(({ estado, intentos, fallo }) => [estado, intentos, fallo])
    },
    async despues(ms = minuto) {
      t.clock.advance(ms)
      await t.casos.cartero.tick()
    },
  }
}
const mensajeId = (text = '') => /^Message-ID: (\S+)/im.exec(text)?.[1] ?? 'none'

describe('a mail server', () => {
  test('gets plain text and HTML as two forms of one message that no holiday notice answers', async () => {
    const { vender, repartir, server } = await abrir()
    await vender()
    await repartir()
    const [{ text, ...sobre } = { text: '' }] = server.received
    expect(sobre).toEqual({ from: 'caja@bazar.example', to: ['ana@correo.example'] })
    expect(text).toMatch(/^Content-Type: multipart\/alternative/im)
    expect(text.match(/^Content-Type: text\/(plain|html)/gim)).toHaveLength(2)
    expect(text).toMatch(/^From: Bazar <caja@bazar.example>/im)
    expect(text).toMatch(/^Auto-Submitted: auto-generated/im)
  })

  test('that refuses one for good ends it, and all others go out', async () => {
    const { vender, repartir, estados, app, admin, server } = await abrir({
      unknown: ['nadie@correo.example'],
    })
    const [malo, bueno] = [await vender('nadie@correo.example'), await vender()]
    await repartir()
    expect(await estados(malo)).toEqual([['fallido', 1, 'EENVELOPE 550']])
    expect(await estados(bueno)).toEqual([['enviado', 1, null]])
    expect(server.received).toHaveLength(1)
    const { body } = await pedir(app, 'GET', '/avisos?estado=fallido', admin)
    expect(body['datos']).toMatchObject([{ tipo: 'recibido', pedido: 1, fallo: 'EENVELOPE 550' }])
  })

  test('that has no time for one is asked again, and gets it once', async () => {
    const { vender, repartir, estados, despues, server } = await abrir({
      answers: [ocupado, ocupado],
    })
    const id = await vender()
    await repartir()
    expect(await estados(id)).toEqual([['por-enviar', 1, 'EMESSAGE 451']])
    await despues()
    await despues()
    await despues()
    expect(await estados(id)).toEqual([['enviado', 3, null]])
    expect(server.received).toHaveLength(1)
  })

  test('that greets late holds up nothing but mails', async () => {
    const { promise: greet, resolve } = Promise.withResolvers<void>()
    const { vender, casos, estados, server } = await abrir({ greet })
    const id = await vender()
    await casos.driver.tick()
    const sending = casos.cartero.tick()
    const otro = await vender()
    await casos.driver.tick()
    expect([await estados(id), await estados(otro)]).toEqual([
      [['por-enviar', 0, null]],
      [['por-enviar', 0, null]],
    ])
    resolve()
    await sending
    expect(await estados(id)).toEqual([['enviado', 1, null]])
    expect(server.received.length).toBeGreaterThan(0)
  })

  test('that dies with the message before it says so gets the very same one again', async () => {
    const { vender, repartir, estados, despues, server } = await abrir({ answers: ['dies'] })
    const id = await vender()
    await repartir()
    expect(await estados(id)).toEqual([['por-enviar', 0, null]])
    await despues()
    expect(await estados(id)).toEqual([['enviado', 1, null]])
    const [una, otra] = server.received
    expect(mensajeId(una?.text)).toBe(mensajeId(otra?.text))
    expect(una?.text).toBe(otra?.text ?? '')
  })

  test('that can’t be talked to is left alone for a while, whatever is owed, and then gets all', async () => {
    const t = await abrir({}, 'falso')
    const ids = [await t.vender(), await t.vender()]
    await t.repartir()
    const antes = t.server.connections()
    await t.casos.cartero.tick()
    expect(t.server.connections()).toBe(antes)
    t.buzon.enviar = smtpMailer(t.server.url(), from)
    await t.despues()
    await t.despues()
    for (const id of ids) expect(await t.estados(id)).toEqual([['enviado', 1, null]])
  })
})
