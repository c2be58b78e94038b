import type { Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly from: string
  readonly to: string[]
  readonly text: string
}

/** What the server says at the end of a message that it does not take. */
export type Answer = { readonly responseCode: number; readonly message: string }

export interface Manners {
  /** Of the next message: what it says, or that it has it and is gone before it says so; else it is taken. */
  readonly answer?: () => Answer | 'dies' | undefined
  /** Receivers that it does not know. */
  readonly unknown?: readonly string[]
  /** Says nothing to who comes until this resolves. */
  readonly greet?: () => Promise<void> | undefined
}

const refused = ({ responseCode, message }: Answer) =>
  Object.assign(new Error(message), { responseCode })

/** A real SMTP server on a free port of this machine, which takes mail from one user. */
export async function openSmtp({ answer, unknown = [], greet }: Manners) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, done) {
      connections += 1
      const late = greet?.()
      if (late) void late.then(() => done())
      else done()
    },
    onAuth({ username, password }, _session, done) {
      if (username === 'tienda' && password === 'correcto') done(null, { user: username })
      else done(new Error('wrong credentials'))
    },
    onRcptTo({ address }, _session, done) {
      if (unknown.includes(address)) done(refused({ responseCode: 550, message: 'no such user' }))
      else done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const said = answer?.()
        if (typeof said === 'object') return done(refused(said))
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        const to = rcptTo.map(({ address }) => address)
        received.push({ from, to, text: Buffer.concat(chunks).toString() })
        if (said === undefined) return done()
        for (const socket of sockets) socket.destroy()
      })
    },
  })
  // A client that goes away in the middle is what some of the tests are about.
  server.on('error', () => {})
  const { promise, resolve } = Promise.withResolvers<void>()
  const listening = server.listen(0, '127.0.0.1', resolve)
  await promise
  listening.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    received,
    port,
    connections: () => connections,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

/** Where a client of it listens, or what leads to it. */
export const smtpUrl = (port: number, password = 'correcto') =>
  `smtp://tienda:${password}@127.0.0.1:${port}`
