import { appOptions, type service } from '@encargo/service-kit/http/service'
import { bytesDePagina, decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { chargeAnswer } from '@encargo/service-kit/http/plugins/rate-limit'
import {
  ConId,
  ConIfNoneMatch,
  fieldProblem,
  limitePorDefecto,
} from '@encargo/service-kit/http/schemas'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { etag } from '@encargo/service-kit/http/versions'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { momentoDe } from '@encargo/service-kit/http/moments'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Pedido } from '../domain/pedido.ts'
import { explicar, llamados } from '../app/consultar.ts'
import type { Deps } from '../app/deps.ts'
import type { Filtro } from '../ports/store.ts'
import { puedeCompletar } from './quien.ts'
import { busquedaAtrasada, sinPedido, soloPersonal } from './refusals.ts'
import { ConsultaPedidos, Explicacion, PaginaPedidos, PedidoVisto } from './schemas.ts'
import { pesoDe, pesoLinea, verExplicacion, verPedido } from './views.ts'

type Consulta = Static<typeof ConsultaPedidos>

const tags = ['pedidos']
const lista = { 200: PaginaPedidos, ...rechazos() }
const uno = { 200: PedidoVisto, ...rechazos('no-encontrado') }
const explicacion = { 200: Explicacion, ...rechazos('no-encontrado') }
const ClaveLista = Type.Integer({ minimum: 1 })
/** An order of which not all lines are read is beyond what a page holds. */
const maxLineas = Math.ceil(bytesDePagina / pesoLinea)
const sumarPeso = (suma: number, pedido: Pedido) => suma + pesoDe(pedido)
const ClavePorVencer = Type.Tuple([Type.Integer(), Type.Integer({ minimum: 1 })])
const diaMs = 24 * 60 * 60 * 1000

/** Milliseconds since the epoch of a day's or an instant's text. */
function momento(campo: 'desde' | 'hasta', texto: string | undefined): number | undefined {
  if (texto === undefined) return undefined
  const ms = momentoDe(campo, texto)
  return campo === 'hasta' && !texto.includes('T') ? ms + diaMs : ms
}

/** @throws ProblemError 422 for what the order by expiry can't be combined with */
function filtroDe(query: Consulta, limite: number): Omit<Filtro, 'clienteId'> {
  const { cursor, orden, estado, q } = query
  const desde = momento('desde', query.desde)
  const hasta = momento('hasta', query.hasta)
  if (orden === undefined) {
    const antesDe = cursor === undefined ? undefined : decodeCursor(ClaveLista, cursor)
    return { estado, desde, hasta, q, antesDe, limite, maxLineas }
  }
  const otros = [q, desde, hasta, estado === 'Pendiente' ? undefined : estado]
  if (otros.some((otro) => otro !== undefined)) {
    throw fieldProblem('orden', 'solo se combina con clienteId y estado=Pendiente')
  }
  const [expiraEn, numero] = cursor === undefined ? [0, 0] : decodeCursor(ClavePorVencer, cursor)
  return { limite, maxLineas, porVencer: { expiraEn, numero } }
}

/** Where a page ended. */
const lugarDe =
  (orden: Consulta['orden']) =>
  ({ expiraEn, numero }: Pedido) =>
    orden === undefined ? numero : [expiraEn, numero]

/** Whose orders a list is about: undefined for everybody's, null for nobody's. */
function duenoDe(identidad: Identidad, clienteId: string | undefined): string | null | undefined {
  if (puedeCompletar(identidad)) return clienteId
  return clienteId === undefined || clienteId === identidad.id ? identidad.id : null
}

/** Reading orders: needs no other service; searching them finds more while auth is there. */
export const pedidosRoutes = (base: ReturnType<typeof service>, deps: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/pedidos',
      async ({ query, identidad, request, call, set }) => {
        const { limite = limitePorDefecto, orden } = query
        const clienteId = duenoDe(identidad, query.clienteId)
        if (orden !== undefined && !puedeCompletar(identidad)) return soloPersonal('Ese orden')
        const filtro = filtroDe(query, limite)
        if (clienteId === null) return { datos: [], siguiente: null }
        const deQuien = esPersonal(identidad) && clienteId === undefined ? filtro.q : undefined
        const clientes = deQuien === undefined ? [] : await llamados(deps, deQuien, call)
        const pedidos = await deps.store.listar({ ...filtro, clienteId, clientes })
        if (!pedidos) {
          Object.assign(set.headers, retryAfter(5_000))
          return busquedaAtrasada()
        }
        const pagina = toPagina(pedidos, limite, verPedido, lugarDe(orden), pesoDe)
        chargeAnswer(request, pedidos.slice(0, pagina.datos.length).reduce(sumarPeso, 0))
        return pagina
      },
      {
        acceso: 'leer-pedidos',
        query: ConsultaPedidos,
        response: lista,
        detail: {
          tags,
          summary: 'Los pedidos, del más nuevo al más antiguo',
          description:
            'Los propios; el personal, y una cuenta de servicio con `pedidos:completar`, ven todos y pueden elegir los de un `clienteId`. `q` busca todas sus palabras en el número, los productos, las notas y el destinatario; la última puede ser un comienzo. El `clienteId` de otra persona da una lista vacía. Una página de pedidos muy largos trae menos de los pedidos: sigue con `siguiente`. Con `orden=expiraEn`, para el personal, los que se cancelarán antes.',
        },
      },
    )
    .get(
      '/pedidos/:id',
      async ({ params, identidad, set }) => {
        const pedido = await deps.store.porId(params.id)
        const visible = pedido && (puedeCompletar(identidad) || pedido.clienteId === identidad.id)
        if (!visible) return sinPedido()
        set.headers.etag = etag(pedido.version)
        return verPedido(pedido)
      },
      {
        acceso: 'leer-pedidos',
        params: ConId,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: uno,
        detail: {
          tags,
          summary: 'Un pedido',
          description:
            'Propio, o cualquiera para el personal y para una cuenta de servicio con `pedidos:completar`. El de otra persona responde 404.',
        },
      },
    )
    .get(
      '/pedidos/:id/explicacion',
      async ({ params, call }) => {
        const explicado = await explicar(deps, params.id, call)
        return explicado ? verExplicacion(explicado) : sinPedido()
      },
      {
        acceso: 'personal',
        params: ConId,
        response: explicacion,
        detail: {
          tags,
          summary: 'La historia de un pedido',
          description:
            'Cada paso y cada intento: quién lo pidió, qué respondió cada servicio, cuándo y cuánto tardó; y la reserva como está ahora.',
        },
      },
    )
