import { openSmtp, type Received, smtpUrl } from '@encargo/service-kit/testing/smtp-server'
import { createLink } from './link.ts'
import { quietPorts } from './ports.ts'
import { nobody } from './sale.ts'
import type { MailAct } from './schedule.ts'

/** A mail server of a run's own, which has its bad days. */
export interface MailServer {
  /** For the services. */
  readonly url: string
  /** What it took, more than once where nobody heard of that. */
  readonly received: readonly Received[]
  /** Does something to it; answers how to make good for it. */
  harm(act: MailAct): Promise<() => Promise<void>>
  close(): Promise<void>
}

const busy = { responseCode: 451, message: 'try again later' }

export async function openMailServer(): Promise<MailServer> {
  let act: MailAct | undefined
  let greeting: PromiseWithResolvers<void> | undefined
  const server = await openSmtp({
    unknown: [nobody],
    greet: () => greeting?.promise,
    answer() {
      if (act === 'busy') return busy
      return act === 'dies' ? 'dies' : undefined
    },
  })
  const [port = 0] = quietPorts(1)
  const link = await createLink(port, server.port)
  return {
    url: smtpUrl(port),
    received: server.received,
    async harm(next) {
      act = next
      if (next === 'late') greeting = Promise.withResolvers()
      if (next === 'away') await link.set({ kind: 'refuse' })
      if (next === 'silent') await link.set({ kind: 'drop' })
      return async () => {
        act = undefined
        greeting?.resolve()
        greeting = undefined
        await link.set({ kind: 'open' })
      }
    },
    async close() {
      greeting?.resolve()
      link.close()
      await server.close()
    },
  }
}
