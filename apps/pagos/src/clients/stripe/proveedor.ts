import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Outside } from '@encargo/service-kit/run/outside'
import {
  FirmaInvalida,
  type PeticionDinero,
  type Proveedor,
  ProveedorRechaza,
} from '../../ports/proveedor.ts'
import { conectar } from '../conexion.ts'
import { createApi } from './api.ts'
import { asuntoDe } from './avisos.ts'
import { esEvento } from './formas.ts'
import { aStripe } from './importe.ts'
import { verdadDe } from './verdad.ts'

export interface StripeConfig {
  readonly secretKey: string
  /** Of the notices, the one in use first; two while one is replaced by the other. */
  readonly webhookSecrets: readonly string[]
  /** Somebody else than `https://api.stripe.com`. */
  readonly apiUrl: string | undefined
  /** Where shoppers return to whose purchase does not say. */
  readonly retorno: string
}

/** What is asked and how it is answered; another one is tried before it is put here. */
const apiVersion = '2026-10-28.endive'
/** How old a notice may be, in seconds. */
const tolerancia = 300

/** Where the API is, as the official library wants to be told. */
function direccion(url: string | undefined) {
  if (url === undefined) return {}
  const { hostname: host, port, protocol } = new URL(url)
  const http = protocol === 'http:'
  return {
    host,
    port: port === '' ? (http ? 80 : 443) : Number(port),
    protocol: http ? ('http' as const) : ('https' as const),
  }
}

/** Does what may have become impossible in the meantime: what has become of it, tells who asks again. */
async function intentar(accion: Promise<unknown>): Promise<void> {
  await accion.catch((error: unknown) => {
    if (!(error instanceof ProveedorRechaza)) throw error
  })
}

/**
 * Stripe, by a Checkout Session that the shopper is sent to. The official library takes 0.4 s to load, which
 * only those wait for that use it.
 */
export async function openStripe(
  { secretKey, webhookSecrets, apiUrl, retorno }: StripeConfig,
  outside: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
): Promise<Proveedor> {
  const { default: Stripe } = await import('stripe')
  const { clock } = outside
  const stripe = new Stripe(secretKey, {
    apiVersion,
    httpClient: Stripe.createFetchHttpClient(conectar('stripe', outside)),
    maxNetworkRetries: 0,
    telemetry: false,
    ...direccion(apiUrl),
  })
  const api = createApi(stripe)

  const consultar = async (referencia: string, call: CallContext) =>
    verdadDe(await api.mirar(referencia, call), clock.epochMs())

  async function cerrar(referencia: string, call: CallContext) {
    const visto = await api.mirar(referencia, call)
    const { id, status, payment_intent: pago } = visto.sesion
    if (status === 'open') await intentar(api.expirar(id, call))
    else if (pago?.status === 'requires_capture') await intentar(api.anular(pago.id, call))
    // A printed voucher can't be taken back there.
    else return verdadDe(visto, clock.epochMs())
    return await consultar(id, call)
  }

  async function capturar(peticion: PeticionDinero, call: CallContext) {
    const visto = await api.mirar(peticion.referencia, call)
    const pago = visto.sesion.payment_intent
    if (pago?.status === 'requires_capture') {
      await api.capturar(pago.id, peticion, call)
      return await consultar(visto.sesion.id, call)
    }
    const verdad = verdadDe(visto, clock.epochMs())
    const tomado = verdad.movimientos.find(({ tipo }) => tipo === 'captura')
    if (pago?.capture_method === 'manual' && tomado?.importe === peticion.importe) return verdad
    throw new ProveedorRechaza('no-autorizado', 'nothing is held of that charge')
  }

  async function reembolsar(peticion: PeticionDinero, call: CallContext) {
    const visto = await api.mirar(peticion.referencia, call)
    const verdad = verdadDe(visto, clock.epochMs())
    // Its own keys are forgotten after a day, and a refund may be asked for for longer.
    if (verdad.reembolsos.some(({ clave }) => clave === peticion.clave)) return verdad
    const pago = visto.sesion.payment_intent
    if (pago?.status !== 'succeeded') throw new ProveedorRechaza('sin-pago', 'nothing was paid')
    await api.devolver(pago.id, peticion, call)
    return await consultar(visto.sesion.id, call)
  }

  /** Whatever the library stumbles over in what a stranger wrote, it is not signed. */
  const firmadoCon = async (secreto: string, cuerpo: Uint8Array, firma: string) =>
    await Promise.try(() =>
      stripe.webhooks.signature?.verifyHeaderAsync(
        cuerpo,
        firma,
        secreto,
        tolerancia,
        undefined,
        clock.epochMs(),
      ),
    ).catch(() => false)

  async function exigirFirma(cuerpo: Uint8Array, firma: string): Promise<void> {
    for (const secreto of webhookSecrets) {
      if ((await firmadoCon(secreto, cuerpo, firma)) === true) return
    }
    throw new FirmaInvalida('no signature of it is right')
  }

  return {
    id: 'stripe',
    puede: {
      redirigir: true,
      autorizar: true,
      cerrar: true,
      reembolsarParte: true,
      consultar: true,
    },
    plazo: { minimo: 1800, maximo: 86_400 },
    importe: aStripe,
    async abrir(cobro, call) {
      const { id: referencia, url, expires_at: fin } = await api.abrir(cobro, retorno, call)
      return { referencia, url, expiraEn: fin * 1000 }
    },
    consultar,
    cerrar,
    capturar,
    reembolsar,
    async leerAviso(headers, cuerpo) {
      await exigirFirma(cuerpo, headers.get('stripe-signature') ?? '')
      const evento = leido(cuerpo)
      if (!esEvento(evento)) return undefined
      const referencia = asuntoDe(evento)
      return referencia === undefined ? undefined : { eventoId: evento.id, referencia }
    },
    async listar({ desde, cursor }, call) {
      const { data, has_more: hayMas } = await api.eventos(desde, cursor, call)
      const referencias = new Set(data.flatMap((evento) => asuntoDe(evento) ?? []))
      return { referencias: [...referencias], siguiente: hayMas ? data.at(-1)?.id : undefined }
    },
  }
}

/** What was signed may still be nonsense. */
function leido(cuerpo: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(cuerpo))
  } catch {
    return undefined
  }
}
