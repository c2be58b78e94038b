import { cleanUp } from './clean-up.ts'
import { type Answer, type Manners, openSmtp, smtpUrl } from './smtp-server.ts'

export type { Answer } from './smtp-server.ts'

interface SmtpOptions extends Pick<Manners, 'unknown'> {
  /** To messages in the order in which they come; those after them are taken. */
  readonly answers?: (Answer | 'dies')[]
  readonly greet?: Promise<void>
}

/** A real SMTP server for one test. */
export async function startSmtp({ answers = [], greet, unknown = [] }: SmtpOptions = {}) {
  const server = await openSmtp({ unknown, answer: () => answers.shift(), greet: () => greet })
  cleanUp(server.close)
  return { ...server, url: (password?: string) => smtpUrl(server.port, password) }
}
