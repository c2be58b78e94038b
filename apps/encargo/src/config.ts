import { conPagos, puertoUnico } from '@encargo/service-kit/run/config'
import { type Static, Type } from '@sinclair/typebox'

/** What is read beside what each service reads: how they are put into processes. */
export const EncargoConfig = Type.Object({
  PROCESO: Type.Optional(
    Type.Union([Type.Literal('uno'), Type.Literal('varios')], { description: 'uno or varios' }),
  ),
  PUERTO_UNICO: puertoUnico,
  PAGOS: conPagos,
})
export type EncargoConfig = Static<typeof EncargoConfig>
