import { appOptions, type service } from '@encargo/service-kit/http/service'
import { consulta, fieldProblem, Uuid } from '@encargo/service-kit/http/schemas'
import { Dia as DiaDado } from '@encargo/service-kit/http/moments'
import { rechazar, rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { asuntos } from '../domain/cobranza/cuenta.ts'
import {
  type Dia,
  diasDe,
  DiasInvalidos,
  importeMaximo,
  type PeticionDias,
} from '../domain/resumen.ts'
import type { Deps } from '../app/deps.ts'

const dia = (description: string) => Type.Optional({ ...DiaDado, description })

/** Of which days, in which zone. */
export const DeDias = {
  desde: dia('El primer día; si falta, el que da 30 días hasta `hasta`'),
  hasta: dia('El último día, incluido; si falta, hoy en la zona'),
  zona: Type.Optional(
    Type.String({
      // Only names: in an offset such as +05:07 days would not be made of whole quarters of an hour.
      pattern: '^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$',
      maxLength: 64,
      error: 'debe ser una zona horaria IANA, como America/Guayaquil',
      description: 'Zona horaria IANA en la que empiezan los días; si falta, UTC',
    }),
  ),
} as const
const ConsultaResumen = consulta(DeDias)

const Cuenta = Type.Integer({ minimum: 0 })
const Importe = Type.Integer({
  minimum: 0,
  maximum: importeMaximo,
  description: 'En la unidad menor de la moneda; una suma mayor se queda en 2^53 - 1',
})

const Movido = Type.Integer({
  minimum: -importeMaximo,
  maximum: importeMaximo,
  description: 'Menos que nada donde volvió más de lo que se fue',
})
const movido = { cobrado: Importe, reembolsado: Movido, disputado: Movido }

const ResumenVisto = Type.Object({
  desde: Type.String(),
  hasta: Type.String(),
  zona: Type.String(),
  moneda: Type.String({ description: 'Código ISO 4217; solo cuentan los pedidos en ella' }),
  pendientes: Type.Integer({ minimum: 0, description: 'Pedidos que ahora están Pendiente' }),
  porDia: Type.Array(
    Type.Object({
      dia: Type.String(),
      pedidos: Cuenta,
      completados: Cuenta,
      cancelados: Cuenta,
      ingresos: Importe,
      abonado: Importe,
      ...movido,
    }),
    { description: 'Todos los días, también los que no tienen nada' },
  ),
  porMetodo: Type.Array(Type.Object({ metodo: Type.String(), ...movido }), {
    description: 'El dinero que se movió en esos días, por método de pago',
  }),
  saldos: Type.Array(
    Type.Object({
      asunto: Type.Unsafe<(typeof asuntos)[number]>(
        Type.Union(asuntos.map((uno) => Type.Literal(uno))),
      ),
      pedidos: Cuenta,
      importe: Type.Integer({
        minimum: -importeMaximo,
        maximum: importeMaximo,
        description: 'Sobre cero, lo que se debe a la tienda; bajo cero, lo que ella debe',
      }),
    }),
    { description: 'Lo que ahora espera a alguien, como en `/saldos`; sin filas, nada' },
  ),
  masVendidos: Type.Array(
    Type.Object({
      productoId: Uuid,
      sku: Type.String(),
      nombre: Type.String({ description: 'Como lo llama el último pedido completado' }),
      unidades: Cuenta,
      ingresos: Importe,
    }),
  ),
})

const respuestas = { 200: ResumenVisto, ...rechazos() }

/** @throws ProblemError 422 that names the member to blame */
export function pedirDias(peticion: PeticionDias): Dia[] {
  try {
    return diasDe(peticion)
  } catch (error) {
    if (error instanceof DiasInvalidos) throw fieldProblem(error.campo, error.message, error.regla)
    throw error
  }
}

const reintentarMs = 5_000

/** What the orders add up to: needs no other service, and costs the same however many there are. */
export const resumenRoutes = (base: ReturnType<typeof service>, { store, clock, moneda }: Deps) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/pedidos/resumen',
    async ({ query, set }) => {
      const { desde, hasta, zona = 'UTC' } = query
      const dias = pedirDias({ desde, hasta, zona, ahora: clock.epochMs() })
      const resumen = await store.resumen({ dias, moneda })
      if (!resumen) {
        Object.assign(set.headers, retryAfter(reintentarMs))
        return rechazar('servicio-no-disponible', {
          detail:
            'El resumen se está preparando con los pedidos que ya había. Repite en un momento.',
        })
      }
      const { pendientes, porDia, porMetodo, saldos, masVendidos } = resumen
      return {
        desde: porDia[0]?.dia ?? '',
        hasta: porDia.at(-1)?.dia ?? '',
        zona,
        moneda,
        pendientes,
        porDia: [...porDia],
        porMetodo: [...porMetodo],
        saldos: [...saldos],
        masVendidos: [...masVendidos],
      }
    },
    {
      acceso: 'personal',
      query: ConsultaResumen,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Pedidos, ingresos y dinero por día, y lo más vendido',
        description:
          'De hasta 366 días, ambos extremos incluidos. `pedidos` cuenta los creados ese día; `completados` e `ingresos`, los que se completaron; `cancelados`, los que se cancelaron; `abonado`, lo que se abonó ese día de pedidos completados (una venta anulada, lo que quedaba de ella; lo abonado antes de completar, al completar); `cobrado`, `reembolsado` y `disputado`, el dinero que ese día entró, se devolvió o reclamó un banco, de los pedidos que fueran, menos lo que de ello volvió. `masVendidos` son los diez productos con más unidades en pedidos que se completaron en esos mismos días, de la misma zona, sin las de los que se anularon en ellos; sus `ingresos` son lo que queda tras el cupón. Incluye todo lo escrito antes de la petición. 503 mientras se prepara por primera vez.',
      },
    },
  )
