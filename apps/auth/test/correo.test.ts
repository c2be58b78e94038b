import { rows } from '@encargo/storage/testing'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'bun:test'
import { createLogger } from '@encargo/service-kit/run/logger'
import { Registry } from 'prom-client'
import { folderMailer, smtpMailer } from '@encargo/service-kit/mail/mailer'
import { createCorreoMetrics, verCorreos } from '../src/http/correos-visibles.ts'
import type { EnviarMensaje } from '@encargo/service-kit/mail/message'
import { type Answer, startSmtp } from '@encargo/service-kit/testing/smtp'
import { createHarness, persona, refusal, temporaryFolder } from './fixture.ts'

const from = 'Tienda <tienda@tienda.example>'
const minuteMs = 60_000
const busy: Answer = { responseCode: 451, message: 'try again, ana@correo.example' }
const never: Answer = { responseCode: 554, message: 'spam from ana@correo.example' }

/** auth whose mails go through `enviar`, with a log that the test reads. */
async function post(enviar: EnviarMensaje, dataDir?: string) {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const logger = createLogger({ service: 'auth', level: 'info', write })
  const harness = await createHarness({
    enviar,
    logger,
    ...(dataDir === undefined ? {} : { dataDir }),
  })
  const { store, send } = harness
  const register = (email: string) => send('/register', 'POST', { ...persona(), email })
  const states = async () =>
    (await store.correos.listar({ limite: 99 })).map(({ estado, intentos, fallo }) => [
      estado,
      intentos,
      fallo,
    ])
  return { ...harness, register, states, log: () => lines.join('\n') }
}

const messageId = (text: string) => /^Message-ID: (\S+)/im.exec(text)?.[1] ?? 'none'

describe('a mail that is owed', () => {
  test('reaches the server with sender, receiver and a token that can be read', async () => {
    const { received, url } = await startSmtp()
    const { register, cartero, states, storage } = await post(smtpMailer(url(), from))
    await register('ana@correo.example')
    const owed = () => rows(storage, 'SELECT token FROM correos')
    const [row] = await owed()
    await cartero.despertar()
    expect(received).toHaveLength(1)
    const [{ text, ...envelope } = { text: '' }] = received
    expect(envelope).toEqual({ from: 'tienda@tienda.example', to: ['ana@correo.example'] })
    expect(text.split('\r\n')).toContain(String(row?.['token']))
    expect(text).toContain('confirmar#token=3D')
    expect(text).toMatch(/^Auto-Submitted: auto-generated/im)
    expect(await states()).toEqual([['enviado', 1, null]])
    expect(await owed()).toEqual([{ token: null }])
  })

  test('is sent again until the server has time for it, ever more rarely, as the same message', async () => {
    const { received, url } = await startSmtp({ answers: [busy, busy] })
    const shop = await post(smtpMailer(url(), from))
    await shop.register('ana@correo.example')
    await shop.cartero.despertar()
    expect(await shop.states()).toEqual([['pendiente', 1, 'EMESSAGE 451']])
    await shop.cartero.despertar()
    expect(await shop.states()).toEqual([['pendiente', 1, 'EMESSAGE 451']])
    shop.clock.advance(5_000)
    await shop.cartero.despertar()
    shop.clock.advance(5_000)
    await shop.cartero.despertar()
    expect(await shop.states()).toEqual([['pendiente', 2, 'EMESSAGE 451']])
    shop.clock.advance(5_000)
    await shop.cartero.despertar()
    expect(await shop.states()).toEqual([['enviado', 3, null]])
    expect(received).toHaveLength(1)
    expect(shop.log()).not.toMatch(/ana@/)
  })

  test('that is refused for good is given up at once, loudly, and its secret is gone', async () => {
    const { url } = await startSmtp({ answers: [never], unknown: ['nadie@correo.example'] })
    const shop = await post(smtpMailer(url(), from))
    await shop.register('ana@correo.example')
    await shop.register('nadie@correo.example')
    await shop.cartero.despertar()
    expect(await shop.states()).toEqual([
      ['abandonado', 1, 'EENVELOPE 550'],
      ['abandonado', 1, 'EMESSAGE 554'],
    ])
    const secrets = await rows(shop.storage, 'SELECT token FROM correos WHERE token IS NOT NULL')
    expect(secrets).toEqual([])
    expect(shop.log()).toContain('"level":"error"')
    expect(shop.log()).not.toMatch(/ana@|nadie@/)
  })

  test('that brings what has expired is not sent, but given up', async () => {
    const { received, url } = await startSmtp({ answers: [busy] })
    const shop = await post(smtpMailer(url(), from))
    const jefa = await shop.admin()
    await shop.send('/password/olvido', 'POST', { email: jefa.email })
    await shop.background.idle()
    await shop.cartero.despertar()
    shop.clock.advance(30 * minuteMs)
    await shop.cartero.despertar()
    expect(received).toEqual([])
    expect(await shop.states()).toEqual([['abandonado', 2, 'caducado']])
    expect(shop.log()).toContain('no use any more')
  })

  test('is no more owed when another took its place, or the account was closed or erased', async () => {
    const { received, url } = await startSmtp()
    const shop = await post(smtpMailer(url(), from))
    const [jefa, ana, luis] = [await shop.admin(), await shop.cliente(), await shop.cliente()]
    await shop.send('/me/confirmacion', 'POST', undefined, ana.headers)
    expect(await shop.states()).toHaveLength(2)
    await shop.send(`/usuarios/${ana.id}`, 'PATCH', { activo: false }, jefa.headers)
    await shop.send(`/usuarios/${luis.id}`, 'DELETE', undefined, jefa.headers)
    await shop.cartero.despertar()
    expect([received, await shop.states()]).toEqual([[], []])
  })

  test('waits with all others while the server can’t be talked to, and is not tried in vain', async () => {
    const { connections, url } = await startSmtp()
    const shop = await post(smtpMailer(url('falso'), from))
    for (const name of ['ana', 'luis', 'eva']) await shop.register(`${name}@correo.example`)
    await shop.cartero.despertar()
    await shop.cartero.despertar()
    expect(connections()).toBe(1)
    shop.clock.advance(5_000)
    await shop.cartero.despertar()
    expect(connections()).toBe(2)
    expect((await shop.states()).map(([estado]) => estado)).toEqual(Array(3).fill('pendiente'))
    expect(shop.log()).toContain('EAUTH')
    expect(shop.log()).not.toMatch(/@correo|falso/)
  })

  test('survives a process that dies before it wrote down that it was sent: the same message twice', async () => {
    const { received, url } = await startSmtp()
    const dataDir = temporaryFolder()
    const send = smtpMailer(url(), from)
    const { promise: sent, resolve } = Promise.withResolvers<void>()
    // Taken by the server, and then nothing more is heard of this process.
    const first = await post(async (mensaje, signal) => {
      await send(mensaje, signal)
      resolve()
      await new Promise((end) => signal.addEventListener('abort', end))
      return { tipo: 'sin-servidor', codigo: 'aborted' }
    }, dataDir)
    await first.register('ana@correo.example')
    void first.cartero.despertar()
    await sent
    await first.close()
    const second = await post(send, dataDir)
    await second.cartero.despertar()
    expect(received).toHaveLength(2)
    expect(received[1]?.text).toBe(received[0]?.text ?? '')
    expect(messageId(received[0]?.text ?? '')).toEndWith('@tienda.example>')
    expect(await second.states()).toEqual([['enviado', 1, null]])
  })

  test('is not sent again because it could not be written down that it was', async () => {
    const { received, url } = await startSmtp()
    const shop = await post(smtpMailer(url(), from))
    const { correos } = shop.store
    const { anotar } = correos
    correos.anotar = () => Promise.reject(new Error('the disk is full'))
    await shop.register('ana@correo.example')
    await shop.cartero.despertar()
    await shop.cartero.despertar()
    expect(received).toHaveLength(1)
    expect(shop.log()).toContain('the disk is full')
    correos.anotar = anotar
    await shop.cartero.despertar()
    expect([received.length, await shop.states()]).toEqual([1, [['enviado', 1, null]]])
  })

  test('is still owed when the service stops while the server says nothing', async () => {
    const { promise: greet, resolve } = Promise.withResolvers<void>()
    const { received, connections, url } = await startSmtp({ greet })
    const shop = await post(smtpMailer(url(), from))
    await shop.register('ana@correo.example')
    void shop.cartero.despertar()
    while (connections() === 0) await new Promise((next) => setImmediate(next))
    await shop.cartero.parar()
    expect(await shop.states()).toEqual([['pendiente', 0, null]])
    resolve()
    const late = await post(smtpMailer(url(), from))
    await late.register('luis@correo.example')
    await late.cartero.despertar()
    expect(received.map(({ to }) => to)).toEqual([['luis@correo.example']])
  })

  test('shows to staff, in /readyz and in the metrics, but never its secret', async () => {
    const { url } = await startSmtp({ answers: [busy, never] })
    const shop = await post(smtpMailer(url(), from))
    const [jefa, ana] = [await shop.admin(), await shop.cliente()]
    await shop.cliente()
    await shop.cartero.despertar()
    const answer = await shop.send('/correos?estado=pendiente', 'GET', undefined, jefa.headers)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({
      datos: [{ tipo: 'confirmar', usuarioId: ana.id, intentos: 1, fallo: 'EMESSAGE 451' }],
    })
    expect(text).not.toMatch(/token|@/)
    expect(await refusal(await shop.send('/correos', 'GET', undefined, ana.headers))).toBe(
      '403 prohibido',
    )
    expect(await verCorreos(shop.store.correos)).toMatchObject({
      correos: 1,
      correosAbandonados: 1,
    })
    const registry = new Registry()
    createCorreoMetrics(shop.store.correos, shop.clock).add(registry)
    expect(await registry.metrics()).toContain('auth_mail_pending 1')
  })

  test('is forgotten a month after it ended, and not before', async () => {
    const { url } = await startSmtp()
    const shop = await post(smtpMailer(url(), from))
    await shop.register('ana@correo.example')
    await shop.cartero.despertar()
    const monthMs = 30 * 24 * 60 * minuteMs
    shop.clock.advance(monthMs)
    expect(await shop.store.correos.purgar(shop.clock.ms())).toBe(0)
    shop.clock.advance(1)
    expect(await shop.store.correos.purgar(shop.clock.ms())).toBe(1)
    expect(await shop.states()).toEqual([])
  })
})

describe('mail without SMTP_URL', () => {
  test('is put into a folder for its owner alone, and the log says where but not what', async () => {
    const folder = join(temporaryFolder(), 'correo')
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const logger = createLogger({ service: 'auth', level: 'info', write })
    const shop = await post(folderMailer(folder, from, logger))
    await shop.register('ana@correo.example')
    await shop.cartero.despertar()
    const [name = ''] = readdirSync(folder)
    const file = join(folder, name)
    expect(name).toEndWith('.eml')
    expect([folder, file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
    expect(readFileSync(file, 'utf8')).toContain('ana@correo.example')
    expect(lines.join()).toContain(file)
    expect(lines.join()).not.toMatch(/ana@|token/)
  })
})
