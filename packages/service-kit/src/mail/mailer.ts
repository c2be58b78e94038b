import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { isPermanentResponseCode } from 'nodemailer/lib/errors.js'
import type { Logger } from '../run/logger.ts'
import type { EnviarMensaje, FalloEnvio, Mensaje } from './message.ts'

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** What a message is made of comes from us alone: no file and no page is ever put into one. */
const closed = { disableFileAccess: true, disableUrlAccess: true }

/** The address in a sender such as `Shop <shop@example.com>`. */
const addressOf = (from: string) => /[^\s@<>]+@[^\s@<>]+(?=>?$)/.exec(from)?.[0] ?? from
const domainOf = (from: string) => addressOf(from).split('@')[1] ?? 'localhost'

/**
 * The same bytes in every attempt, the boundary of its parts too: who gets it twice can tell by
 * `Message-ID` (RFC 5322, 3.6.4). Quoted-printable leaves lines below 76 characters as they are, so that
 * a person can read them. Its dressed-up form is an alternative to the plain one (RFC 2046, 5.1.4).
 */
function message(from: string, { id, en, de, para, asunto, texto, html }: Mensaje) {
  return {
    from: de === null ? from : { name: de, address: addressOf(from) },
    to: [para].flat().map((address) => ({ name: '', address })),
    subject: asunto,
    text: texto,
    ...(html !== undefined && { html, baseBoundary: id }),
    textEncoding: 'quoted-printable',
    messageId: `<${id}@${domainOf(from)}>`,
    date: new Date(en),
    // No holiday notice is to answer it (RFC 3834, 5).
    headers: { 'Auto-Submitted': 'auto-generated' },
  } as const
}

/** Sends by SMTP. `url` as `smtp://user:password@host:587` or `smtps://…`. */
export function smtpMailer(url: string, from: string): EnviarMensaje {
  const transport = createTransport({ url, ...timeouts, ...closed })
  return (mensaje, signal) => answered(transport.sendMail({ ...message(from, mensaje), signal }))
}

/** Writes messages into a folder, for the owner's eyes only; the log says where. */
export function folderMailer(folder: string, from: string, logger: Logger): EnviarMensaje {
  const transport = createTransport({ streamTransport: true, buffer: true, ...closed })
  async function write(mensaje: Mensaje): Promise<void> {
    const { message: bytes } = await transport.sendMail(message(from, mensaje))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, `${mensaje.id}.eml`)
    await writeFile(file, bytes, { mode: 0o600 })
    logger.info('a mail was written to a file, as SMTP_URL is not set', { file })
  }
  return (mensaje) => answered(write(mensaje))
}

/** Failures of nodemailer that speak of one message; all others are of the server or the way there. */
const ofMessage = new Set(['EENVELOPE', 'EMESSAGE'])

/** Why a message was not taken, in a word: what the server says names addresses. */
function falloDe(error: unknown): FalloEnvio {
  const { code, responseCode } = Object(error) as { code?: unknown; responseCode?: unknown }
  const answer = typeof responseCode === 'number' ? responseCode : undefined
  const name = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown'
  const codigo = answer === undefined ? name : `${name} ${answer}`
  if (!ofMessage.has(name)) return { tipo: 'sin-servidor', codigo }
  const forGood = answer === undefined || isPermanentResponseCode(answer)
  return { tipo: forGood ? 'rechazado' : 'aplazado', codigo }
}

const answered = (sending: Promise<unknown>) =>
  sending.then(() => ({ tipo: 'enviado' }) as const, falloDe)
