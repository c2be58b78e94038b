import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { ConId } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import type { AuthStore } from '../ports/store.ts'
import { DireccionesVistas, FacturacionesVistas } from './libreta-schemas.ts'

const direcciones = { 200: DireccionesVistas, ...rechazos('no-encontrado') }
const facturaciones = { 200: FacturacionesVistas, ...rechazos('no-encontrado') }
const tags = ['usuarios']
const notFound = () => rechazar('no-encontrado', { detail: 'No hay ningún usuario con ese id.' })

/** The same for staff, who serve somebody on the telephone. */
export const libretaPersonalRoutes = (
  base: ReturnType<typeof service>,
  { libreta, usuarios }: Pick<AuthStore, 'libreta' | 'usuarios'>,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/usuarios/:id/direcciones',
      async ({ params: { id } }) => {
        if (!(await usuarios.porId(id))) return notFound()
        return { datos: [...(await libreta.direcciones(id))] }
      },
      {
        acceso: 'personal',
        params: ConId,
        response: direcciones,
        detail: { tags, summary: 'Direcciones de un usuario, la predeterminada primero' },
      },
    )
    .get(
      '/usuarios/:id/facturacion',
      async ({ params: { id } }) => {
        if (!(await usuarios.porId(id))) return notFound()
        return { datos: [...(await libreta.facturaciones(id))] }
      },
      {
        acceso: 'personal',
        params: ConId,
        response: facturaciones,
        detail: { tags, summary: 'A nombre de quién pide sus facturas un usuario' },
      },
    )
