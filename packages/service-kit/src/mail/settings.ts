import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import type { Logger } from '../run/logger.ts'
import { folderMailer, smtpMailer } from './mailer.ts'
import type { EnviarMensaje } from './message.ts'

/** Of a page of the shop that mails link to. */
export const pageSetting = (description: string) =>
  Type.Optional(Type.String({ pattern: '^https?://[^\\s#]+$', description }))

/** What services that send mails read from the environment. */
export const mailSettings = {
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: '^smtps?://[^\\s]+$',
      secret: true,
      description: 'the URL of a mail server such as smtp://user:password@mail.example:587',
    }),
  ),
  MAIL_FROM: Type.Optional(
    Type.String({
      pattern: '^[^\\r\\n]*<?[^\\s@<>]+@[^\\s@<>]+>?$',
      description: 'a sender such as Shop <shop@example.com>',
    }),
  ),
  PASSWORD_RESET_URL: pageSetting(
    'the address of the page where a new password is typed, without a #',
  ),
} as const

/** Who sends mails where nobody has said it. */
export const defaultSender = 'Tienda <no-responder@tienda.example>'

export interface Sending {
  /** Without it, mails are for whoever sits at this machine: they become files of the data folder. */
  readonly url: string | undefined
  readonly from: string
}

export const mailerOf = ({ url, from }: Sending, dataDir: string, logger: Logger): EnviarMensaje =>
  url === undefined ? folderMailer(join(dataDir, 'correo'), from, logger) : smtpMailer(url, from)
