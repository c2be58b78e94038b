import { shape } from '@encargo/service-kit/peer/peer'
import { type Static, type TSchema, Type } from '@sinclair/typebox'

// What is needed of Mercado Pago's answers; more members do no harm.

const quiza = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const Id = Type.Union([Type.String({ minLength: 1 }), Type.Integer()])
const Importe = Type.Union([Type.Number(), Type.String({ pattern: String.raw`^\d+(\.\d+)?$` })])

const Devolucion = Type.Object({
  id: Id,
  amount: Importe,
  /** Absent in older ones, which are done. */
  status: quiza(Type.String()),
  date_created: quiza(Type.String()),
})
export type Devolucion = Static<typeof Devolucion>
export const esDevolucion = shape(Devolucion)

const Pago = Type.Object({
  id: Id,
  status: Type.String(),
  status_detail: quiza(Type.String()),
  currency_id: Type.String(),
  transaction_amount: Importe,
  external_reference: quiza(Type.String()),
  date_created: Type.String(),
  date_approved: quiza(Type.String()),
  date_last_updated: quiza(Type.String()),
  date_of_expiration: quiza(Type.String()),
  refunds: quiza(Type.Array(Devolucion)),
})
export type Pago = Static<typeof Pago>
export const esPago = shape(Pago)

export const sonPagos = shape(
  Type.Object({
    paging: Type.Object({ total: Type.Integer() }),
    results: Type.Array(Pago),
  }),
)

const Preferencia = Type.Object({
  id: Type.String({ minLength: 1 }),
  external_reference: quiza(Type.String()),
  expires: quiza(Type.Boolean()),
  expiration_date_to: quiza(Type.String()),
  date_of_expiration: quiza(Type.String()),
  items: quiza(Type.Array(Type.Object({ currency_id: quiza(Type.String()) }))),
})
export type Preferencia = Static<typeof Preferencia>
export const esPreferencia = shape(Preferencia)

export const esPreferenciaAbierta = shape(
  Type.Composite([
    Preferencia,
    Type.Object({ init_point: Type.String({ pattern: '^https?://' }) }),
  ]),
)

/** The list tells little of each. */
export const sonPreferencias = shape(
  Type.Object({ elements: Type.Array(Type.Object({ id: Type.String({ minLength: 1 }) })) }),
)

const Contracargo = Type.Object({
  id: Id,
  amount: Importe,
  /** Whether Mercado Pago bears it; nothing until that is decided. */
  coverage_applied: quiza(Type.Union([Type.Boolean(), Type.String()])),
  date_created: quiza(Type.String()),
})
export type Contracargo = Static<typeof Contracargo>
export const esContracargo = shape(Contracargo)

export const esOrden = shape(Type.Object({ external_reference: quiza(Type.String()) }))

/** A refusal: what Mercado Pago's errors have in common. */
export const esRechazo = shape(
  Type.Object({
    message: quiza(Type.String()),
    error: quiza(Type.String()),
    cause: quiza(
      Type.Union([
        Type.Array(Type.Object({ code: quiza(Id), description: quiza(Type.String()) })),
        Type.String(),
      ]),
    ),
  }),
)

/** A notice, as far as it is read. */
export const esAviso = shape(
  Type.Object({
    id: quiza(Id),
    type: quiza(Type.String()),
    data: quiza(Type.Object({ id: quiza(Id), payment_id: quiza(Id) })),
  }),
)
