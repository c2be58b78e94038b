import { appOptions, type service } from '@encargo/service-kit/http/service'
import { consulta, Ids, parseIds, Uuid } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { UsuarioStore } from '../ports/usuarios.ts'

const Consulta = consulta({ ids: Ids })
const Estados = Type.Object({
  datos: Type.Array(Type.Object({ id: Uuid, activo: Type.Boolean(), confirmado: Type.Boolean() })),
})
const respuestas = { 200: Estados, ...rechazos() }

/** All that a purchase asks of auth, and nothing else of anybody: every purchase comes by here. */
export const estadosRoutes = (
  base: ReturnType<typeof service>,
  deps: { readonly usuarios: Pick<UsuarioStore, 'estados'> },
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/usuarios/estados',
      async ({ query }) => ({ datos: await deps.usuarios.estados(parseIds(query.ids)) }),
      {
        acceso: 'leer-usuarios',
        query: Consulta,
        response: respuestas,
        detail: {
          tags: ['usuarios'],
          summary: 'Qué cuentas existen, cuáles están activas y cuáles tienen el correo confirmado',
          description:
            'Por id y en el orden pedido, también las eliminadas (activo: false), sin las desconocidas. confirmado dice si su correo lo está. Para los servicios, que no necesitan saber más de nadie.',
        },
      },
    )
