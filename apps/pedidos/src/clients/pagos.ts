import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { exigir, momentoDe, unforeseen } from '@encargo/service-kit/peer/answers'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import {
  type Answer,
  ask,
  PeerProtocolError,
  type Shape,
  shape,
} from '@encargo/service-kit/peer/peer'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { type Static, Type } from '@sinclair/typebox'
import { estadosCobro, momentosPago } from '../domain/cobranza/cuenta.ts'
import type { CobroDicho } from '../ports/cobranza.ts'
import type { MetodoPago, Pagos } from '../ports/pagos.ts'
import type { Tiempo } from './batcher.ts'
import { conToken } from './peer.ts'

const Importe = Type.Integer({ minimum: 0 })
const oNull = <T extends Parameters<typeof Type.Optional>[0]>(de: T) =>
  Type.Optional(Type.Union([de, Type.Null()]))
const una = <const T extends string>(palabras: readonly T[]) =>
  Type.Union(palabras.map((palabra) => Type.Literal(palabra)))

const Momento = una(momentosPago)
const sonMetodos = shape(
  Type.Object({
    datos: Type.Array(
      Type.Object({
        codigo: Type.String({ minLength: 1 }),
        momento: Momento,
        minimo: oNull(Importe),
        maximo: oNull(Importe),
      }),
    ),
  }),
)

const EstadoReembolso = una(['enviado', 'hecho', 'fallido'])
const Cobro = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  estado: una(estadosCobro),
  causa: oNull(Type.String()),
  metodo: Type.String(),
  proveedor: Type.String(),
  momento: Momento,
  importe: Importe,
  moneda: Type.String(),
  autorizado: Importe,
  cobrado: Importe,
  reembolsado: Importe,
  disputado: Importe,
  disputa: oNull(una(['abierta', 'perdida', 'ganada'])),
  expiraEn: oNull(Type.String()),
  movimientos: Type.Array(
    Type.Object({
      secuencia: Type.Integer({ minimum: 1 }),
      tipo: Type.String(),
      importe: Importe,
      referencia: Type.String(),
      en: Type.String(),
    }),
  ),
  reembolsos: Type.Array(Type.Object({ id: Type.String(), estado: EstadoReembolso })),
})
const esCobro = shape(Cobro)
const esReembolso = shape(Type.Object({ estado: EstadoReembolso }))

/** The charge that was asked about, as the store takes it in. */
function aCobro(id: string, dicho: Static<typeof Cobro>): CobroDicho {
  if (dicho.id !== id) throw new PeerProtocolError('pagos answered another charge')
  const { causa = null, disputa = null, expiraEn, movimientos, ...igual } = dicho
  return {
    ...igual,
    causa,
    disputa,
    expiraEn: expiraEn ? momentoDe('pagos', expiraEn) : null,
    movimientos: movimientos.map((uno) => ({ ...uno, en: momentoDe('pagos', uno.en) })),
  }
}

/** How old what is known of the ways to pay may be, in milliseconds. */
const metodosMs = 5_000

interface Peticion {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly headers: Record<string, string>
  readonly body?: object
}

/** What pagos answers, as it is sorted out of all peers. */
async function llamar(
  { origin, fetcher }: PeerLink,
  camino: string,
  { method, headers, body }: Peticion,
): Promise<Answer<unknown>> {
  const conCuerpo = body && { 'content-type': 'application/json' }
  const response = await fetcher(`${origin}${camino}`, {
    method,
    headers: { ...headers, ...conCuerpo },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const { status } = response
  const value: unknown = await response.json().catch(() => undefined)
  return response.ok
    ? { data: value, error: null, status, response }
    : { data: null, error: { status, value }, status, response }
}

/** @throws PeerProtocolError for what is not of this shape */
function como<T>(esDeForma: Shape<T>, data: unknown): T {
  if (!esDeForma(data)) throw new PeerProtocolError('pagos answered what it never should')
  return data
}

/** Who takes the money. Ids are UUIDs by schema. */
export function createPagos(link: PeerLink, token: ServiceToken, tiempo: Tiempo): Pagos {
  async function mandar<T>(
    camino: string,
    que: Omit<Peticion, 'headers'> & { readonly clave?: string },
    esDeForma: Shape<T>,
    call: CallContext,
  ): Promise<T> {
    const clave = que.clave === undefined ? {} : { 'idempotency-key': que.clave }
    const answer = await conToken(link, token, call, (headers) =>
      ask('pagos', llamar(link, camino, { ...que, headers: { ...headers, ...clave } }), esDeForma),
    )
    return como(esDeForma, exigir('pagos', answer))
  }
  const enCurso = new SingleFlight<'metodos', readonly MetodoPago[]>()
  let sabidos: { readonly hasta: number; readonly metodos: readonly MetodoPago[] } | undefined
  async function leerMetodos(call: CallContext) {
    const pregunta = llamar(link, '/metodos-pago', { method: 'GET', headers: callHeaders(call) })
    const answer = await ask('pagos', pregunta, sonMetodos)
    if (!answer.ok) throw unforeseen('pagos', answer.error.status)
    const metodos = como(sonMetodos, answer.data).datos.map((uno) => {
      const { codigo, momento, minimo = null, maximo = null } = uno
      return { codigo, momento, minimo, maximo }
    })
    sabidos = { hasta: tiempo.clock.monoMs() + metodosMs, metodos }
    return metodos
  }
  return {
    async metodos(call) {
      if (sabidos && tiempo.clock.monoMs() < sabidos.hasta) return sabidos.metodos
      return await enCurso.run('metodos', () => leerMetodos(call))
    },
    async cerrar(id, call) {
      const que = { method: 'POST', body: {} } as const
      return aCobro(id, await mandar(`/cobros/${id}/cerrar`, que, esCobro, call))
    },
    async capturar({ cobroId: id, importe, clave }, call) {
      const que = { method: 'POST', body: { importe }, clave } as const
      return aCobro(id, await mandar(`/cobros/${id}/capturas`, que, esCobro, call))
    },
    async reembolsar({ cobroId, id, importe, motivo }, call) {
      const que = { method: 'PUT', body: { importe, motivo } } as const
      const camino = `/cobros/${cobroId}/reembolsos/${id}`
      return (await mandar(camino, que, esReembolso, call)).estado
    },
  }
}
