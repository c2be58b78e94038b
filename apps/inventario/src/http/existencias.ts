import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConIfNoneMatch, limitePorDefecto, parseIds, Uuid } from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { etag } from '@encargo/service-kit/http/versions'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { type AbrirDeps, abrirExistencia } from '../app/abrir.ts'
import { disponibleDe, type Existencia, type OrdenExistencias } from '../domain/existencia.ts'
import type { ExistenciasStore, LugarExistencia } from '../ports.ts'
import { autorDe } from './autor.ts'
import { sinExistencia } from './refusals.ts'
import {
  AltaExistencia,
  ConProducto,
  ConsultaDisponibilidad,
  ConsultaExistencias,
  Disponibilidad,
  ExistenciaVista,
  PaginaExistencias,
  ResumenExistencias,
} from './schemas.ts'
import { verExistencia } from './views.ts'

export interface ExistenciasDeps extends AbrirDeps {
  readonly store: ExistenciasStore
}

const tags = ['inventario']
const alta = { 201: ExistenciaVista, ...rechazos('inventario-existente', 'producto-inexistente') }
const lista = { 200: PaginaExistencias, ...rechazos() }
const una = { 200: ExistenciaVista, ...rechazos('no-encontrado') }
const resumen = { 200: ResumenExistencias, ...rechazos() }
const disponibilidad = { 200: Disponibilidad, ...rechazos() }

const existente = {
  detail: 'Ese producto ya tiene inventario. Cámbialo con PATCH /inventario/:productoId.',
}

/** The place of a row in a list's order, as its cursor holds it. */
const lugarEn = (orden: OrdenExistencias) => (existencia: Existencia) => {
  const { productoId, actualizadoEn } = existencia
  if (orden === 'productoId') return productoId
  const valor = orden.endsWith('disponible') ? disponibleDe(existencia) : actualizadoEn
  return [orden, valor, productoId]
}

/** @throws ProblemError 422 for a cursor of another order */
function leerLugar(
  orden: OrdenExistencias,
  cursor: string | undefined,
): LugarExistencia | undefined {
  if (cursor === undefined) return undefined
  if (orden === 'productoId') return { productoId: decodeCursor(Uuid, cursor) }
  const Lugar = Type.Tuple([Type.Literal(orden), Type.Integer(), Uuid])
  const [, valor, productoId] = decodeCursor(Lugar, cursor)
  return { valor, productoId }
}

/** Stock on record: making it and looking at it. */
export const existenciasRoutes = (base: ReturnType<typeof service>, deps: ExistenciasDeps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/inventario',
      async ({ body, identidad, call, set, request }) => {
        const { productoId } = body
        const nueva = {
          productoId,
          cantidad: body.cantidad,
          umbralMinimo: body.umbralMinimo ?? 0,
          ...autorDe(identidad, request),
        }
        const abierta = await abrirExistencia(deps, nueva, call)
        if (abierta.tipo === 'existente') return rechazar('inventario-existente', existente)
        if (abierta.tipo === 'producto-inexistente') {
          return rechazar('producto-inexistente', {
            detail: `El catálogo no tiene ningún producto ${productoId}.`,
          })
        }
        const { existencia } = abierta
        set.headers.location = `/inventario/${productoId}`
        set.headers.etag = etag(existencia.version)
        return status(201, verExistencia(existencia))
      },
      {
        acceso: 'personal',
        body: AltaExistencia,
        response: alta,
        detail: {
          tags,
          summary: 'Abrir el inventario de un producto',
          description:
            'Pregunta a productos si el producto existe (también vale uno archivado). La ' +
            '`cantidad` puede ser 0; si no lo es, queda como primera ENTRADA del libro. Sin ' +
            '`umbralMinimo`, es 0.',
        },
      },
    )
    .get(
      '/inventario',
      async ({ query }) => {
        const { limite = limitePorDefecto, orden = 'productoId' } = query
        const existencias = await deps.store.existencias({
          bajoMinimo: query.bajoMinimo === true,
          ids: query.ids === undefined ? undefined : parseIds(query.ids),
          orden,
          despuesDe: leerLugar(orden, query.cursor),
          limite,
        })
        return toPagina(existencias, limite, verExistencia, lugarEn(orden))
      },
      {
        acceso: 'leer-existencias',
        query: ConsultaExistencias,
        response: lista,
        detail: {
          tags,
          summary: 'Recorrer el inventario',
          description:
            'En el orden de los ids de producto o, con `orden`, por lo disponible o por el último ' +
            'cambio; un signo menos lo invierte. `bajoMinimo=true` deja solo lo que hay que ' +
            'reponer (`disponible` <= `umbralMinimo`); `ids` deja solo esos productos.',
        },
      },
    )
    .get('/inventario/resumen', () => deps.store.resumen(), {
      acceso: 'personal',
      response: resumen,
      detail: {
        tags,
        summary: 'Cuántos productos hay y cuántos faltan',
        description: 'Exacto en este momento, de todo el inventario.',
      },
    })
    .get(
      '/inventario/:productoId',
      async ({ params, set }) => {
        const existencia = await deps.store.existencia(params.productoId)
        if (!existencia) return sinExistencia()
        set.headers.etag = etag(existencia.version)
        return verExistencia(existencia)
      },
      {
        acceso: 'personal',
        params: ConProducto,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: una,
        detail: {
          tags,
          summary: 'El inventario de un producto',
          description:
            'Con `ETag`, que cambia con cada cambio, ventas incluidas. Con `If-None-Match` ' +
            'responde 304 si no cambió.',
        },
      },
    )
    .get(
      '/disponibilidad',
      async ({ query }) => {
        const ids = parseIds(query.ids)
        const disponibles = await deps.store.disponibles(ids)
        const datos = ids.map((productoId) => ({
          productoId,
          disponible: disponibles.get(productoId) ?? 0,
        }))
        return { datos }
      },
      {
        publico: true,
        query: ConsultaDisponibilidad,
        response: disponibilidad,
        detail: {
          tags,
          summary: 'Cuánto se puede comprar de cada producto',
          description: 'En el orden de `ids`, sin repetidos. De los desconocidos hay 0.',
        },
      },
    )
