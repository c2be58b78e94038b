import { appOptions, type service } from '@encargo/service-kit/http/service'
import {
  consulta,
  Instante,
  limitePorDefecto,
  pagina,
  paginacion,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { AuditoriaStore, Eliminado } from '../ports/auditoria.ts'

const Borrado = Type.Object({ id: Uuid, eliminadoEn: Instante })
const Consulta = consulta(paginacion)
const Cursor = Type.Integer({ minimum: 1 })
const respuestas = { 200: pagina(Borrado), ...rechazos() }

const verBorrado = ({ id, en }: Eliminado) => ({ id, eliminadoEn: new Date(en).toISOString() })

/** Who was erased, for the services that keep something of them: auth itself calls nobody. */
export const borradosRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly auditoria: Pick<AuditoriaStore, 'eliminados'> },
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/usuarios/borrados',
    async ({ query: { cursor, limite = limitePorDefecto } }) => {
      const despuesDe = cursor === undefined ? 0 : decodeCursor(Cursor, cursor)
      const rows = await deps.auditoria.eliminados({ despuesDe, limite })
      return toPagina(rows, limite, verBorrado, ({ numero }) => numero)
    },
    {
      acceso: 'leer-usuarios',
      query: Consulta,
      response: respuestas,
      detail: {
        tags: ['usuarios'],
        summary: 'Cuentas eliminadas, en el orden en que lo fueron',
        description:
          'Solo los id: con ellos cada servicio borra lo que guarda de esas personas. El orden no cambia nunca y lo nuevo va al final, así que quien sigue desde su último cursor no se pierde ninguna.',
      },
    },
  )
