import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'bun:test'
import { createLogger, silentLogger } from '@encargo/service-kit'
import { SMTPServer } from 'smtp-server'
import { Background } from '../src/background.ts'
import { folderMailer, smtpMailer } from '../src/mail/mailer.ts'
import { correoRestablecer } from '../src/mail/restablecer.ts'
import { cleanUp, temporaryFolder } from './support.ts'

interface Received {
  readonly from: string
  readonly to: string[]
  readonly user: string
  readonly text: string
}

/** A real SMTP server on a free port, which takes mail from one user. */
async function startSmtp() {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth({ username, password }, _session, done) {
      if (username === 'tienda' && password === 'correcto') done(null, { user: username })
      else done(new Error('wrong credentials'))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        const to = rcptTo.map(({ address }) => address)
        received.push({
          from,
          to,
          user: String(session.user),
          text: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  const listening = server.listen(0, '127.0.0.1', resolve)
  await promise
  cleanUp(() => new Promise<void>((done) => server.close(() => done())))
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { received, url: (password: string) => `smtp://tienda:${password}@127.0.0.1:${port}` }
}

const aviso = { email: 'ana@correo.example', nombre: 'Ana\nBcc: x@y.z', token: 'T'.repeat(43) }
const correo = correoRestablecer(aviso, 'https://tienda.example/restablecer')
const from = 'Tienda <tienda@tienda.example>'

describe('mail by SMTP', () => {
  test('reaches the server with sender, receiver and a token that can be read', async () => {
    const { received, url } = await startSmtp()
    await smtpMailer(url('correcto'), from)(correo)
    expect(received).toHaveLength(1)
    const [mail] = received
    expect(mail).toMatchObject({ from: 'tienda@tienda.example', to: ['ana@correo.example'] })
    expect(mail?.text.split('\r\n')).toContain(aviso.token)
    expect(mail?.text).toContain('restablecer#token=3D')
  })

  test('goes to the owner alone, whatever the name says', async () => {
    const { received, url } = await startSmtp()
    await smtpMailer(url('correcto'), from)(correo)
    expect(received[0]?.to).toEqual(['ana@correo.example'])
    expect(received[0]?.text).not.toMatch(/^bcc:/im)
  })

  test('that the server refuses is told in the log without address or token', async () => {
    const { received, url } = await startSmtp()
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const background = new Background(createLogger({ service: 'auth', level: 'info', write }))
    background.run('password reset mail', () => smtpMailer(url('falso'), from)(correo))
    await background.idle()
    expect(received).toHaveLength(0)
    expect(lines.join()).toContain('"code":"EAUTH"')
    expect(lines.join()).not.toMatch(/ana@|TTTT|falso/)
  })
})

describe('mail without SMTP_URL', () => {
  test('is put into a folder for its owner alone, and the log says where but not what', async () => {
    const folder = join(temporaryFolder(), 'correo')
    const lines: string[] = []
    const write = (line: string) => void lines.push(line)
    const logger = createLogger({ service: 'auth', level: 'info', write })
    await folderMailer(folder, from, logger)(correo)
    const [name = ''] = readdirSync(folder)
    const file = join(folder, name)
    expect(name).toEndWith('.eml')
    expect([folder, file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
    expect(readFileSync(file, 'utf8').split(/\r?\n/)).toContain(aviso.token)
    expect(lines.join()).toContain(file)
    expect(lines.join()).not.toMatch(/ana@|TTTT/)
  })
})

test('background work beyond its bound is dropped, not queued without end', async () => {
  const background = new Background(silentLogger, 2)
  const { promise, resolve } = Promise.withResolvers<void>()
  let started = 0
  for (let count = 0; count < 5; count++) {
    background.run('waiting', () => {
      started += 1
      return promise
    })
  }
  resolve()
  await background.idle()
  expect(started).toBe(2)
})
