import type { PagosApp } from '@encargo/pagos'
import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { exigir, momentoDe } from '@encargo/service-kit/peer/answers'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import { ask, PeerProtocolError, shape } from '@encargo/service-kit/peer/peer'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import {
  disputas,
  estadosCobro,
  estadosReembolsoDicho,
  momentosPago,
} from '@encargo/service-kit/values/cobros'
import { Type } from '@sinclair/typebox'
import type { CobroDicho } from '../ports/cobranza.ts'
import type { MetodoPago, Pagos } from '../ports/pagos.ts'
import type { Tiempo } from './batcher.ts'
import { client, conToken } from './peer.ts'

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
        instrucciones: oNull(Type.String()),
      }),
    ),
  }),
)

const EstadoReembolso = una(estadosReembolsoDicho)
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
  disputa: oNull(una(disputas)),
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
function aCobro(id: string, dicho: unknown): CobroDicho {
  // What only services are told the types leave open.
  if (!esCobro(dicho) || dicho.id !== id)
    throw new PeerProtocolError('pagos answered another charge')
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

/** Who takes the money. Path parameters are not encoded by Eden: they are UUIDs by schema. */
export function createPagos(link: PeerLink, token: ServiceToken, tiempo: Tiempo): Pagos {
  const { cobros, 'metodos-pago': metodosPago } = client<PagosApp>(link)
  const enCurso = new SingleFlight<'metodos', readonly MetodoPago[]>()
  let sabidos: { readonly hasta: number; readonly metodos: readonly MetodoPago[] } | undefined
  async function leerMetodos(call: CallContext) {
    const pregunta = metodosPago.get({ query: {}, headers: callHeaders(call) })
    const { datos } = exigir('pagos', await ask('pagos', pregunta, sonMetodos))
    const metodos = datos.map(
      ({ codigo, momento, minimo = null, maximo = null, instrucciones = null }) => {
        return { codigo, momento, minimo, maximo, instrucciones }
      },
    )
    sabidos = { hasta: tiempo.clock.monoMs() + metodosMs, metodos }
    return metodos
  }
  return {
    async metodos(call) {
      if (sabidos && tiempo.clock.monoMs() < sabidos.hasta) return sabidos.metodos
      return await enCurso.run('metodos', () => leerMetodos(call))
    },
    async cerrar(id, call) {
      const answer = await conToken(link, token, call, (headers) =>
        ask('pagos', cobros({ id }).cerrar.post({}, { headers }), esCobro),
      )
      return aCobro(id, exigir('pagos', answer))
    },
    async capturar({ cobroId: id, importe, clave }, call) {
      const answer = await conToken(link, token, call, (headers) => {
        const conClave = { ...headers, 'idempotency-key': clave }
        return ask(
          'pagos',
          cobros({ id }).capturas.post({ importe }, { headers: conClave }),
          esCobro,
        )
      })
      return aCobro(id, exigir('pagos', answer))
    },
    async reembolsar({ cobroId, id: reembolsoId, importe, motivo }, call) {
      const suyo = cobros({ id: cobroId }).reembolsos({ reembolsoId })
      const answer = await conToken(link, token, call, (headers) =>
        ask('pagos', suyo.put({ importe, motivo }, { headers }), esReembolso),
      )
      if (!answer.ok && answer.error.value.codigo === 'importe-excedido') return 'sin-fondos'
      return exigir('pagos', answer).estado
    },
  }
}
