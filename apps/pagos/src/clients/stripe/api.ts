import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Shape } from '@encargo/service-kit/peer/peer'
import type Stripe from 'stripe'
import {
  type CobroPorAbrir,
  type PeticionDinero,
  ProveedorNoDisponible,
  ProveedorRechaza,
} from '../../ports/proveedor.ts'
import { tiempo } from '../conexion.ts'
import { exigirForma } from '../pedir.ts'
import { eventosDeInteres } from './avisos.ts'
import * as formas from './formas.ts'
import { aStripe } from './importe.ts'
import type { Visto } from './verdad.ts'

const porPagina = 100
/** A charge with more refunds or disputes than fit there is nobody's. */
const maxPaginas = 10

/** What of Stripe's refusals is one, and not trouble; others are asked again. */
const rechazos = new Set(['StripeInvalidRequestError', 'StripeIdempotencyError', 'StripeCardError'])

/** What is read of the library's own errors. */
interface Dicho {
  readonly message: string
  readonly type?: string
  readonly code?: string
  readonly detail?: unknown
}

/** What the official library rejects with, in the port's terms. */
function traducido(error: unknown): Error {
  if (error instanceof ProveedorRechaza || error instanceof ProveedorNoDisponible) return error
  if (!(error instanceof Error)) return new ProveedorNoDisponible('stripe failed', { cause: error })
  const { type, code, detail, message }: Dicho = error
  if (detail instanceof ProveedorNoDisponible) return detail
  if (rechazos.has(type ?? '')) return new ProveedorRechaza(code ?? 'rechazado', message)
  return new ProveedorNoDisponible('stripe can not be understood', { cause: error })
}

const exigir = <T>(forma: Shape<T>, dicho: unknown) => exigirForma('stripe', forma, dicho)

function enStripe(importe: number, moneda: string): number {
  const suyo = aStripe(importe, moneda)
  if (suyo === null)
    throw new ProveedorRechaza('importe', `${importe} ${moneda} can not be charged`)
  return suyo
}

export type Api = ReturnType<typeof createApi>

/**
 * What is asked of Stripe, in its own words. A key there is one for all that an account asks, so each act's
 * begins with what it is.
 */
export function createApi(stripe: Stripe) {
  type Opciones = Stripe.RequestOptions

  async function pedir(
    call: CallContext,
    pregunta: (opciones: Opciones) => Promise<unknown>,
    idempotencyKey?: string,
  ): Promise<unknown> {
    const clave = idempotencyKey === undefined ? {} : { idempotencyKey }
    try {
      return await pregunta({ headers: tiempo(call), ...clave })
    } catch (error) {
      throw traducido(error)
    }
  }

  /** A list to its end. */
  async function todos<T extends { readonly id: string }>(
    call: CallContext,
    forma: Shape<{ data: T[]; has_more: boolean }>,
    pagina: (desde: { starting_after?: string }, opciones: Opciones) => Promise<unknown>,
  ): Promise<T[]> {
    const hasta: T[] = []
    for (let n = 0; n < maxPaginas; n++) {
      const ultimo = hasta.at(-1)
      const desde = ultimo === undefined ? {} : { starting_after: ultimo.id }
      const dicho = exigir(forma, await pedir(call, (opciones) => pagina(desde, opciones)))
      hasta.push(...dicho.data)
      if (!dicho.has_more || dicho.data.length === 0) return hasta
    }
    throw new ProveedorNoDisponible('stripe lists without end')
  }

  /** The session of a payment, as notices name it. */
  async function sesionDePago(pago: string, call: CallContext): Promise<string> {
    const dicho = await pedir(call, (opciones) =>
      stripe.checkout.sessions.list({ payment_intent: pago, limit: 1 }, opciones),
    )
    const [sesion] = exigir(formas.sonNombres, dicho).data
    if (sesion === undefined) throw new ProveedorRechaza('desconocido', `no session of ${pago}`)
    return sesion.id
  }

  async function dineroDe(pago: string, call: CallContext) {
    const de = { payment_intent: pago, limit: porPagina }
    const [devoluciones, disputas] = await Promise.all([
      todos(call, formas.sonDevoluciones, (desde, opciones) =>
        stripe.refunds.list({ ...de, ...desde }, opciones),
      ),
      todos(call, formas.sonDisputas, (desde, opciones) =>
        stripe.disputes.list({ ...de, ...desde }, opciones),
      ),
    ])
    return { devoluciones, disputas }
  }

  return {
    async abrir(cobro: CobroPorAbrir, retorno: string, call: CallContext) {
      const { id, pedidoId, numero, importe, moneda, expiraEn, email, idioma } = cobro
      const nombre = idioma === 'es' ? `Pedido ${numero}` : `Order ${numero}`
      const metadata = { cobroId: id, pedidoId }
      const params: Stripe.Checkout.SessionCreateParams = {
        mode: 'payment',
        client_reference_id: id,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: moneda.toLowerCase(),
              unit_amount: enStripe(importe, moneda),
              product_data: { name: nombre },
            },
          },
        ],
        // What is charged is what is owed: nothing is converted on the way.
        adaptive_pricing: { enabled: false },
        expires_at: Math.floor(expiraEn / 1000),
        success_url: cobro.volverA ?? retorno,
        cancel_url: cobro.volverA ?? retorno,
        locale: idioma,
        metadata,
        payment_intent_data: {
          description: nombre,
          metadata,
          ...(cobro.soloAutorizar === true ? { capture_method: 'manual' } : {}),
        },
        ...(email === undefined ? {} : { customer_email: email }),
      }
      const pregunta = (opciones: Opciones) => stripe.checkout.sessions.create(params, opciones)
      return exigir(formas.esSesionNueva, await pedir(call, pregunta, id))
    },

    async mirar(referencia: string, call: CallContext): Promise<Visto> {
      const nombre = referencia.startsWith('pi_')
        ? await sesionDePago(referencia, call)
        : referencia
      const expand = ['payment_intent.latest_charge.balance_transaction']
      const dicho = await pedir(call, (opciones) =>
        stripe.checkout.sessions.retrieve(nombre, { expand }, opciones),
      )
      const sesion = exigir(formas.esSesion, dicho)
      const pago = sesion.payment_intent
      if (pago === null) return { sesion, devoluciones: [], disputas: [] }
      return { sesion, ...(await dineroDe(pago.id, call)) }
    },

    expirar: (sesion: string, call: CallContext) =>
      pedir(call, (opciones) => stripe.checkout.sessions.expire(sesion, {}, opciones)),

    anular: (pago: string, call: CallContext) =>
      pedir(call, (opciones) => stripe.paymentIntents.cancel(pago, {}, opciones)),

    capturar: (pago: string, { importe, moneda, clave }: PeticionDinero, call: CallContext) =>
      pedir(
        call,
        (opciones) =>
          stripe.paymentIntents.capture(
            pago,
            { amount_to_capture: enStripe(importe, moneda) },
            opciones,
          ),
        `captura-${clave}`,
      ),

    devolver(pago: string, { importe, moneda, clave }: PeticionDinero, call: CallContext) {
      const params = {
        payment_intent: pago,
        amount: enStripe(importe, moneda),
        metadata: { clave },
      }
      return pedir(
        call,
        (opciones) => stripe.refunds.create(params, opciones),
        `reembolso-${clave}`,
      )
    },

    /** What happened since a moment, newest first; it is kept there for 30 days. */
    async eventos(desde: number, cursor: string | undefined, call: CallContext) {
      const params = {
        created: { gte: Math.floor(desde / 1000) },
        types: [...eventosDeInteres],
        limit: porPagina,
        ...(cursor === undefined ? {} : { starting_after: cursor }),
      }
      const dicho = await pedir(call, (opciones) => stripe.events.list(params, opciones))
      return exigir(formas.sonEventos, dicho)
    },
  }
}
