import { cleanUp } from './clean-up.ts'
import type { Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  readonly from: string
  readonly to: string[]
  readonly text: string
}

/** What the server says at the end of the next message: 250 when nothing is left. */
export type Answer = { readonly responseCode: number; readonly message: string }

interface SmtpOptions {
  /**
   * Answers to messages in the order in which they come; those after them are taken. `dies`: it has the
   * message, and is gone before it says so.
   */
  readonly answers?: (Answer | 'dies')[]
  /** Receivers that it does not know. */
  readonly unknown?: readonly string[]
  /** Says nothing until this resolves. */
  readonly greet?: Promise<void>
}

const refused = ({ responseCode, message }: Answer) =>
  Object.assign(new Error(message), { responseCode })

/** A real SMTP server on a free port, which takes mail from one user. */
export async function startSmtp({ answers = [], unknown = [], greet }: SmtpOptions = {}) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, done) {
      connections += 1
      if (greet) void greet.then(() => done())
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
        const answer = answers.shift()
        if (typeof answer === 'object') return done(refused(answer))
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        const to = rcptTo.map(({ address }) => address)
        received.push({ from, to, text: Buffer.concat(chunks).toString() })
        if (answer === undefined) return done()
        for (const socket of sockets) socket.destroy()
      })
    },
  })
  // A client that goes away in the middle is what some of the tests are about.
  server.on('error', () => {})
  const { promise, resolve } = Promise.withResolvers<void>()
  const listening = server.listen(0, '127.0.0.1', resolve)
  await promise
  listening.on('connection', (socket) => sockets.add(socket))
  cleanUp(() => new Promise<void>((done) => server.close(() => done())))
  const address = listening.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    received,
    connections: () => connections,
    url: (password = 'correcto') => `smtp://tienda:${password}@127.0.0.1:${port}`,
  }
}
