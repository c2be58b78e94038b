import { shape } from '@encargo/service-kit/peer/peer'
import { type Static, type TObject, Type } from '@sinclair/typebox'

// What is read of Stripe's objects, of the version that is pinned. Moments are seconds there.

const nada = Type.Null()
const texto = Type.String({ minLength: 1 })
const textoONada = Type.Union([texto, nada])
const entero = Type.Integer({ minimum: 0 })
const opcional = Type.Optional

const cargo = Type.Object({
  id: texto,
  amount: entero,
  amount_captured: entero,
  captured: Type.Boolean(),
  paid: Type.Boolean(),
  created: entero,
  disputed: Type.Boolean(),
  balance_transaction: Type.Union([Type.Object({ id: texto, created: entero }), nada]),
})
export type Cargo = Static<typeof cargo>

const vale = Type.Object({
  expires_after: opcional(Type.Union([entero, nada])),
  expires_at: opcional(Type.Union([entero, nada])),
})
export const esVale = shape(vale)

const intento = Type.Object({
  id: texto,
  status: texto,
  capture_method: texto,
  cancellation_reason: textoONada,
  last_payment_error: Type.Union([
    Type.Object({ code: opcional(textoONada), decline_code: opcional(textoONada) }),
    nada,
  ]),
  next_action: Type.Union([Type.Record(Type.String(), Type.Unknown()), nada]),
  latest_charge: Type.Union([cargo, nada]),
})
export type Intento = Static<typeof intento>

/** As `expand` asks for it: with its payment, and what was paid. */
const sesion = Type.Object({
  object: Type.Literal('checkout.session'),
  id: texto,
  status: texto,
  currency: texto,
  client_reference_id: textoONada,
  expires_at: entero,
  payment_intent: Type.Union([intento, nada]),
})
export type SesionStripe = Static<typeof sesion>
export const esSesion = shape(sesion)

export const esSesionNueva = shape(
  Type.Object({
    object: Type.Literal('checkout.session'),
    id: texto,
    url: texto,
    expires_at: entero,
  }),
)

const devolucion = Type.Object({
  id: texto,
  amount: entero,
  created: entero,
  status: textoONada,
  balance_transaction: textoONada,
  metadata: Type.Union([Type.Record(Type.String(), Type.String()), nada]),
})
export type Devolucion = Static<typeof devolucion>

const disputa = Type.Object({
  id: texto,
  amount: entero,
  currency: texto,
  created: entero,
  status: texto,
})
export type DisputaStripe = Static<typeof disputa>

const lista = <T extends TObject>(de: T) =>
  shape(
    Type.Object({
      object: Type.Literal('list'),
      data: Type.Array(de),
      has_more: Type.Boolean(),
    }),
  )
export const sonDevoluciones = lista(devolucion)
export const sonDisputas = lista(disputa)
export const sonNombres = lista(Type.Object({ id: texto }))

const evento = Type.Object({
  id: texto,
  type: texto,
  data: Type.Object({
    object: Type.Object({
      id: texto,
      payment_intent: opcional(Type.Union([texto, nada, Type.Object({ id: texto })])),
    }),
  }),
})
export type Evento = Static<typeof evento>
export const esEvento = shape(evento)
export const sonEventos = lista(evento)
