import { callerAs } from '@encargo/service-kit/peer/account'
import { momentoDe, unforeseen } from '@encargo/service-kit/peer/answers'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import { type Answer, ask, shape } from '@encargo/service-kit/peer/peer'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import {
  type CobroDicho,
  decirMovimiento,
  OrdenDeCobro,
} from '@encargo/service-kit/values/cobro-dicho'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { CobroEntero } from '../domain/registro.ts'
import type { Pedido, Pedidos } from '../ports/pedidos.ts'

const conToken = callerAs('pagos')

const oNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const Visto = Type.Object({
  id: Type.String(),
  numero: Type.Integer({ minimum: 1 }),
  clienteId: Type.String(),
  estado: Type.String(),
  moneda: Type.String({ minLength: 3 }),
  contacto: Type.Optional(oNull(Type.Object({ email: Type.Optional(oNull(Type.String())) }))),
  idioma: Type.Optional(oNull(Type.String())),
  pago: Type.Object({
    saldo: Type.Integer(),
    cobros: Type.Array(Type.Object({ estado: Type.String(), importe: Type.Integer() })),
  }),
})
const esPedido = shape(Visto)
const esSeguido = shape(Type.Object({ id: Type.String() }))
const Contado = Type.Object({
  apartadoHasta: oNull(Type.String()),
  ordenes: Type.Array(OrdenDeCobro),
})
const esContado = shape(Contado)

interface Refusal {
  readonly status: number
  readonly value: unknown
}

/** One call, sorted as Eden's are: this service needs of pedidos three answers and none of its types. */
async function pedir<T>(
  link: PeerLink,
  path: string,
  init: { readonly method?: string; readonly body?: unknown; headers: Record<string, string> },
): Promise<Answer<T, Refusal>> {
  const { body, headers } = init
  const sent =
    body === undefined
      ? { headers }
      : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await link.fetcher(link.origin + path, { method: init.method ?? 'GET', ...sent })
  const value: unknown = await response.json().catch(() => undefined)
  const { status } = response
  if (!response.ok) return { data: null, error: { status, value }, status, response }
  // `ask` looks at it by its shape.
  return { data: value as T, error: null, status, response }
}

/** pedidos, for which this service takes the money. Ids are UUIDs by schema, and links are encoded. */
export function createPedidos(link: PeerLink, token: ServiceToken): Pedidos {
  return {
    async pedido(id, suyo, call) {
      const path = `/pedidos/${id}`
      const de = (headers: Record<string, string>) =>
        ask('pedidos', pedir<Static<typeof Visto>>(link, path, { headers }), esPedido)
      const answer =
        suyo === undefined
          ? await conToken(link, token, call, de)
          : await de({ ...callHeaders(call), authorization: `Bearer ${suyo}` })
      if (answer.ok) return aPedido(answer.data)
      if (answer.error.status === 404) return undefined
      throw unforeseen('pedidos', answer.error.status)
    },
    async deEnlace(enlace, call) {
      const path = `/seguimiento/${encodeURIComponent(enlace)}`
      const pedida = pedir<{ id: string }>(link, path, { headers: callHeaders(call) })
      const answer = await ask('pedidos', pedida, esSeguido)
      if (answer.ok) return answer.data.id
      if (answer.error.status === 404) return undefined
      throw unforeseen('pedidos', answer.error.status)
    },
    contar: (cobro, call) => contar(link, token, cobro, call),
  }
}

async function contar(link: PeerLink, token: ServiceToken, cobro: CobroEntero, call: CallContext) {
  const path = `/pedidos/${cobro.pedidoId}/cobros/${cobro.id}`
  const body = entero(cobro)
  const answer = await conToken(link, token, call, (headers) =>
    ask(
      'pedidos',
      pedir<Static<typeof Contado>>(link, path, { method: 'PUT', body, headers }),
      esContado,
    ),
  )
  if (answer.ok) {
    const { apartadoHasta: hasta, ordenes } = answer.data
    const apartadoHasta = hasta === null ? null : momentoDe('pedidos', hasta)
    return { tipo: 'contado', apartadoHasta, ordenes } as const
  }
  if (answer.error.status === 404) return { tipo: 'desconocido' } as const
  if (answer.error.status === 409) return { tipo: 'no-cobrable' } as const
  throw unforeseen('pedidos', answer.error.status)
}

const iso = (ms: number) => new Date(ms).toISOString()

/** A charge as pedidos is told of it: whole. */
export function entero(cobro: CobroEntero): CobroDicho {
  const { causa, disputa } = cobro
  return {
    version: cobro.version,
    estado: cobro.estado,
    ...(causa === null ? {} : { causa }),
    metodo: cobro.metodo,
    proveedor: cobro.proveedor,
    momento: cobro.momento,
    importe: cobro.importe,
    moneda: cobro.moneda,
    autorizado: cobro.autorizado,
    cobrado: cobro.cobrado,
    reembolsado: cobro.reembolsado,
    disputado: cobro.disputado,
    ...(disputa === null ? {} : { disputa }),
    expiraEn: iso(cobro.expiraEn),
    apartarHasta: iso(cobro.apartarHasta),
    movimientos: cobro.movimientos.map(decirMovimiento),
    reembolsos: cobro.reembolsos
      // What no order asked for, none is told of.
      .filter(({ ajeno }) => !ajeno)
      .map(({ id, importe, estado, referencia }) => ({
        id,
        importe,
        estado: estado === 'por-enviar' ? 'enviado' : estado,
        ...(referencia === null ? {} : { referencia }),
      })),
  }
}

/** What is promised already is not asked for again. */
function autorizado(cobros: Static<typeof Visto>['pago']['cobros']): number {
  const suyos = cobros.filter(({ estado }) => estado === 'autorizado')
  return suyos.reduce((suma, { importe }) => suma + importe, 0)
}

function aPedido({
  id,
  numero,
  clienteId,
  moneda,
  estado,
  ...visto
}: Static<typeof Visto>): Pedido {
  const { saldo, cobros } = visto.pago
  const queda = estado === 'Cancelado' ? 0 : Math.max(0, saldo - autorizado(cobros))
  const email = visto.contacto?.email ?? undefined
  const idioma = visto.idioma === 'en' ? 'en' : 'es'
  return { id, numero, clienteId, moneda, porCobrar: queda, email, idioma }
}
