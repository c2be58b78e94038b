import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@encargo/service-kit'
import { createTransport } from 'nodemailer'

export interface Correo {
  readonly para: string
  readonly asunto: string
  readonly texto: string
}

export type EnviarCorreo = (correo: Correo) => Promise<void>

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** What a message is made of comes from us alone: no file and no page is ever put into one. */
const closed = { disableFileAccess: true, disableUrlAccess: true }

/** Quoted-printable leaves lines below 76 characters as they are, so that a person can read them. */
function message(from: string, { para, asunto, texto }: Correo) {
  const to = { name: '', address: para }
  return { from, to, subject: asunto, text: texto, textEncoding: 'quoted-printable' } as const
}

/**
 * Sends by SMTP. `url` as `smtp://user:password@host:587` or `smtps://…`.
 * The mailer rejects when the server does not take the message.
 */
export function smtpMailer(url: string, from: string): EnviarCorreo {
  const transport = createTransport({ url, ...timeouts, ...closed })
  return async (correo) => {
    await transport.sendMail(message(from, correo))
  }
}

/** Writes messages into a folder, for the owner's eyes only; the log says where. */
export function folderMailer(folder: string, from: string, logger: Logger): EnviarCorreo {
  const transport = createTransport({ streamTransport: true, buffer: true, ...closed })
  return async (correo) => {
    const { message: bytes } = await transport.sendMail(message(from, correo))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, `${Bun.randomUUIDv7()}.eml`)
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' })
    logger.info('a mail was written to a file, as SMTP_URL is not set', { file })
  }
}
