import { silentLogger } from '@encargo/service-kit/run/logger'
import { machineClock } from '@encargo/service-kit/async/clock'
import { firmar } from '../../../apps/pagos/src/clients/externo/firmas.ts'
import { esRechazo } from '../../../apps/pagos/src/clients/externo/formas.ts'
import { createExterno } from '../../../apps/pagos/src/clients/externo/proveedor.ts'
import type { Caso } from '../banco.ts'
import { claveDePrueba, type Lejano } from '../banco-externo.ts'
import { abierto, cierto, enEstado, llamada, preguntado } from '../comprobar.ts'

interface Enviado {
  readonly cuerpo: string
  readonly headers: Readonly<Record<string, string>>
}

const minutos = (cuantos: number) => cuantos * 60_000
const json = { 'content-type': 'application/json' }

function cerrar(referencia: string): string {
  const timestamp = new Date().toISOString()
  return JSON.stringify({ type: 'cobro.cerrar', timestamp, data: { referencia } })
}

/** What only a program of the shop's own has to be right about: it is on the internet, and anybody calls. */
export function protocolo(lejano: Lejano): readonly Caso[] {
  const firmado = (cuerpo: string, en = Date.now(), secreto = lejano.secreto) => ({
    ...json,
    ...firmar([secreto], { id: `msg_${crypto.randomUUID()}`, cuerpo, ahora: en }),
  })
  const enviar = ({ cuerpo, headers }: Enviado) =>
    lejano.fetch(lejano.url, { method: 'POST', body: cuerpo, headers, redirect: 'manual' })

  /** Somebody asks to close a charge, which is not for him to ask. */
  const intruso = (nombre: string, hacer: (cuerpo: string) => Enviado): Caso => ({
    nombre,
    async run(banco) {
      const uno = await abierto(banco)
      const { status } = await enviar(hacer(cerrar(uno.referencia)))
      cierto('the status', status, status === 401 || status === 403, '401 or 403')
      enEstado(await preguntado(banco, uno), 'abierto')
    },
  })

  return [
    {
      nombre: 'describes itself, in version 1 of the protocol',
      async run() {
        const mundo = { fetch: lejano.fetch, logger: silentLogger, clock: machineClock }
        const externo = createExterno({ url: lejano.url, secretos: [lejano.secreto] }, mundo)
        const { plazo } = await externo.presentarse(llamada())
        cierto('its span', plazo, plazo.minimo <= plazo.maximo, 'the least first')
      },
    },
    intruso('does nothing for whoever does not sign', (cuerpo) => ({ cuerpo, headers: json })),
    intruso('does nothing for whoever signs with another secret', (cuerpo) => ({
      cuerpo,
      headers: firmado(cuerpo, Date.now(), claveDePrueba('x')),
    })),
    intruso('does nothing that was changed after it was signed', (cuerpo) => ({
      cuerpo,
      headers: firmado(cuerpo.replace('cerrar', 'consultar')),
    })),
    intruso('does nothing that was signed ten minutes ago', (cuerpo) => ({
      cuerpo,
      headers: firmado(cuerpo, Date.now() - minutos(10)),
    })),
    {
      nombre: "refuses what it does not know in the protocol's words",
      async run() {
        const cuerpo = '{"type":"cobro.bailar","timestamp":"2026-01-01T00:00:00Z","data":{}}'
        const answer = await enviar({ cuerpo, headers: firmado(cuerpo) })
        const dicho: unknown = await answer.json().catch(() => 'no JSON')
        const bien = answer.status >= 400 && answer.status < 500 && esRechazo(dicho)
        cierto('the answer', { status: answer.status, dicho }, bien, '4xx with a codigo')
      },
    },
  ]
}
