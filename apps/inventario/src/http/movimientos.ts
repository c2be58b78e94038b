import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Cambio } from '../domain/existencia.ts'
import type { Movimiento } from '../domain/movimiento.ts'
import type { ExistenciasStore, ResultadoCambio } from '../ports.ts'
import { autorDe } from './autor.ts'
import { claveDistinta, fueraDeLimite, sinExistencia, stockInsuficiente } from './refusals.ts'
import {
  CambioExistencia,
  ConCondicion,
  ConProducto,
  ConsultaMovimientos,
  ConsultaMovimientosDePedido,
  ExistenciaVista,
  PaginaMovimientos,
} from './schemas.ts'
import { verExistencia, verMovimiento } from './views.ts'

const tags = ['inventario']
const Secuencia = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const deUnPedido = { 200: PaginaMovimientos, ...rechazos() }
const libro = { 200: PaginaMovimientos, ...rechazos('no-encontrado') }
const cambiada = {
  200: ExistenciaVista,
  ...rechazos(
    'no-encontrado',
    'stock-insuficiente',
    'existencia-fuera-de-limite',
    'version-distinta',
    'idempotencia-distinta',
  ),
}

function cambioDe(body: Static<typeof CambioExistencia>): Cambio {
  if ('umbralMinimo' in body) return { tipo: 'umbral', umbralMinimo: body.umbralMinimo }
  const { tipo, cantidad, motivo } = body
  const ultimoVisto = 'ultimoMovimiento' in body ? body.ultimoMovimiento : undefined
  return { tipo: 'movimiento', movida: { tipo, cantidad, motivo }, ultimoVisto }
}

function rechazoDe(respuesta: Exclude<ResultadoCambio, { tipo: 'hecho' }>) {
  switch (respuesta.tipo) {
    case 'no-encontrado':
      return sinExistencia()
    case 'stock-insuficiente':
      return stockInsuficiente([respuesta.faltante])
    case 'fuera-de-limite':
      return fueraDeLimite()
    case 'libro-distinto':
      return rechazar('version-distinta', {
        detail: 'Desde que lo leíste ha habido ventas u otros movimientos. Cuenta otra vez.',
      })
    case 'version-distinta':
      return rechazar('version-distinta', {
        detail: 'El inventario cambió desde que lo leíste. Léelo otra vez y repite tu cambio.',
      })
  }
}

/** Where a page of the ledger ended. */
const lugar = ({ secuencia }: Movimiento) => secuencia
const leerLugar = (cursor: string | undefined) =>
  cursor === undefined ? undefined : decodeCursor(Secuencia, cursor)

/** The ledger of a product, and the changes that people make. */
export const movimientosRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly store: ExistenciasStore; readonly clock: Pick<Clock, 'epochMs'> },
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .patch(
      '/inventario/:productoId',
      async ({ params, body, headers, identidad, set, request }) => {
        const { productoId } = params
        const clave = headers['idempotency-key']
        const cambio = await deps.store.cambiar({
          productoId,
          cambio: cambioDe(body),
          ...autorDe(identidad, request),
          ahora: deps.clock.epochMs(),
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          clave:
            clave === undefined
              ? undefined
              : { clave, huella: huellaDe(`PATCH /inventario/${productoId}`, body) },
        })
        if (cambio.tipo === 'distinta') return claveDistinta()
        if (cambio.tipo === 'repetida') set.headers['idempotency-replayed'] = 'true'
        const { respuesta } = cambio
        if (respuesta.tipo !== 'hecho') return rechazoDe(respuesta)
        set.headers.etag = etag(respuesta.existencia.version)
        return verExistencia(respuesta.existencia)
      },
      {
        acceso: 'personal',
        params: ConProducto,
        headers: ConCondicion,
        body: CambioExistencia,
        response: cambiada,
        detail: {
          tags,
          summary: 'Mover existencias o cambiar el umbral',
          description:
            'ENTRADA suma, SALIDA quita de lo disponible, AJUSTE pone `fisico` en lo contado; ' +
            'si es menos que lo reservado, baja hasta lo reservado y `faltan` dice cuántas de esas no ' +
            'están, que salen según se cancelen sus pedidos (`/reservas` dice cuáles); cada uno deja una línea en el libro, también un ' +
            'recuento sin diferencia. Con `Idempotency-Key` la primera respuesta definitiva, ' +
            'también un rechazo 404, 409 o 412, se repite durante 24 h con `Idempotency-Replayed:' +
            ' true`. Con `If-Match` solo se aplica a esa versión.',
        },
      },
    )
    .get(
      '/inventario/:productoId/movimientos',
      async ({ params, query }) => {
        const { productoId } = params
        const { limite = limitePorDefecto, cursor } = query
        const antesDe = leerLugar(cursor)
        if (!(await deps.store.existencia(productoId))) return sinExistencia()
        const movimientos = await deps.store.movimientos({ de: { productoId }, antesDe, limite })
        return toPagina(movimientos, limite, verMovimiento, lugar)
      },
      {
        acceso: 'personal',
        params: ConProducto,
        query: ConsultaMovimientos,
        response: libro,
        detail: {
          tags,
          summary: 'El libro de movimientos de un producto',
          description:
            'Del más reciente al primero. La suma de `cantidad` es siempre `fisico`. Una VENTA y una ' +
            'DEVOLUCION llevan `pedidoId`; lo que hizo una persona, `usuarioId`.',
        },
      },
    )
    .get(
      '/inventario/movimientos',
      async ({ query }) => {
        const { limite = limitePorDefecto, cursor } = query
        const movimientos = await deps.store.movimientos({
          de: { pedidoId: query.pedidoId },
          antesDe: leerLugar(cursor),
          limite,
        })
        return toPagina(movimientos, limite, verMovimiento, lugar)
      },
      {
        acceso: 'personal',
        query: ConsultaMovimientosDePedido,
        response: deUnPedido,
        detail: {
          tags,
          summary: 'Lo que un pedido sacó del almacén y lo que volvió',
          description:
            'De la más reciente a la primera: una VENTA por producto cuando se completa, y una ' +
            'DEVOLUCION por producto de cada devolución.',
        },
      },
    )
