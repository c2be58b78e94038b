import type { Clock } from '@encargo/service-kit/async/clock'
import { addReadGauges, sameFromAll } from '@encargo/service-kit/http/plugins/metrics'
import { Counter, type Registry } from 'prom-client'
import type { ResultadoCorreo } from '../domain/correo.ts'
import type { CorreoStore, ResumenCorreos } from '../ports/correos.ts'

type Correos = Pick<CorreoStore, 'resumen'>

/** What there is to tell; nothing while the database can't be read, which is told apart. */
const leer = (correos: Correos): Promise<ResumenCorreos | undefined> =>
  correos.resumen().catch(() => undefined)

/** Mails that wait, since when, and those that were given up in the last 30 days, for `/readyz`. */
export async function verCorreos(correos: Correos): Promise<Record<string, unknown>> {
  const resumen = await leer(correos)
  if (!resumen) return {}
  const { pendientes, desde, abandonados } = resumen
  const since = desde === null ? null : new Date(desde).toISOString()
  return { correos: pendientes, correosAbandonados: abandonados, desde: since }
}

/** The same for `/metrics`, and how attempts end. */
export function createCorreoMetrics(correos: Correos, clock: Clock) {
  const attempts = new Counter({
    name: 'auth_mail_attempts_total',
    help: 'Attempts to send a mail, by what came of them: enviado, pendiente (again later), abandonado.',
    labelNames: ['result'],
    registers: [],
  })
  const pending = async () => (await leer(correos))?.pendientes ?? Number.NaN
  const oldest = async () => {
    const desde = (await leer(correos))?.desde ?? null
    return desde === null ? 0 : Math.max(0, clock.epochMs() - desde) / 1000
  }
  return {
    observar: (result: ResultadoCorreo['tipo']) => attempts.inc({ result }),
    add: (registry: Registry): void => {
      registry.registerMetric(attempts)
      const oldestHelp = `How long the oldest mail that is owed has waited; 0 when none is. ${sameFromAll}`
      addReadGauges(registry, [
        ['auth_mail_pending', `Mails that are owed. ${sameFromAll}`, pending],
        ['auth_mail_pending_oldest_seconds', oldestHelp, oldest],
      ])
    },
  }
}
