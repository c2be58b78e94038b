import { appOptions, type service } from '@encargo/service-kit/http/service'
import { limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { toPagina } from '@encargo/service-kit/http/pagination'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { ReservasStore } from '../ports.ts'
import { ConProducto, ConsultaMovimientos, PaginaReservasDe } from './schemas.ts'
import { leerLugarReserva, lugarReserva, verReservaDe } from './views.ts'

const lista = { 200: PaginaReservasDe, ...rechazos() }

/** Which orders a product's units are promised to. */
export const reservasDeRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly store: ReservasStore },
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/inventario/:productoId/reservas',
    async ({ params, query }) => {
      const { limite = limitePorDefecto, cursor } = query
      const reservas = await deps.store.reservasDe({
        productoId: params.productoId,
        antesDe: leerLugarReserva(cursor),
        limite,
      })
      return toPagina(reservas, limite, verReservaDe, lugarReserva)
    },
    {
      acceso: 'personal',
      params: ConProducto,
      query: ConsultaMovimientos,
      response: lista,
      detail: {
        tags: ['inventario'],
        summary: 'A qué pedidos está reservado un producto',
        description:
          'Del más reciente al primero, que es por quién empezar a cancelar cuando un recuento no ' +
          'encuentra todo lo reservado. Ninguna, si el producto no tiene inventario.',
      },
    },
  )
