import { type Static, Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { consulta } from '@encargo/service-kit/http/schemas'
import type { Separador } from '../escribir.ts'

/** The query of a route that imports a file. */
export const ConsultaImportacion = consulta({
  simular: Type.Optional(t.Boolean({ description: 'Solo dice qué haría; no escribe nada' })),
  previa: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 20,
      description:
        'La `previa` que respondió la simulación: se importa si haría exactamente eso; si la tienda ha cambiado desde entonces, 422',
    }),
  ),
  omitirConflictos: Type.Optional(
    t.Boolean({
      description:
        'Deja como están las celdas que han cambiado en la tienda desde la exportación; si falta, son un error de su fila',
    }),
  ),
})

/** The query member of a route that hands out a file. */
export const separador = Type.Optional(
  Type.Union([Type.Literal('coma'), Type.Literal('punto-y-coma')], {
    description:
      'Lo que va entre celdas; con `punto-y-coma` los decimales llevan coma, como los espera una hoja de cálculo en español. Si falta, `coma`',
  }),
)

export const separadorDe = (pedido: Static<typeof separador> | undefined): Separador =>
  pedido === 'punto-y-coma' ? ';' : ','
