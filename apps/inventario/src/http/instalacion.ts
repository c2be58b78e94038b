import { commandLine } from '@encargo/program'
import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado, Uuid } from '@encargo/service-kit/http/schemas'
import { problemError, rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Instalacion } from '../app/instalacion.ts'

export interface InstalacionDeps {
  readonly instalacion: Instalacion
  readonly clock: Pick<Clock, 'epochMs'>
}

/** How a call about reservations says for which installation of pedidos it is made. */
export const cabeceraInstalacion = 'encargo-instalacion'

const detail =
  'Estas existencias son de otra instalación de pedidos: uno de los dos usa una base de datos que no ' +
  'es la suya, o una recién hecha. Comprueba DATA_DIR e INVENTARIO_URL; si la base de datos se perdió ' +
  `de verdad, \`${commandLine('installation')} --help\` dice cómo seguir.`

/**
 * Refuses calls for another installation: its pedidos knows nothing of the orders behind this stock,
 * and would let go of it. Who does not say for whom asks only about orders that they name.
 */
export const soloDe =
  ({ esDe }: Pick<Instalacion, 'esDe'>) =>
  ({ request }: { readonly request: Request }): void | Promise<void> => {
    const instalacion = request.headers.get(cabeceraInstalacion)
    if (instalacion === null) return
    const es = esDe(instalacion)
    if (es !== true) return es.then(insistir)
  }

function insistir(esSuya: boolean): void {
  if (!esSuya) throw problemError('instalacion-distinta', { detail })
}

const Enlace = cerrado({
  instalacion: Uuid,
  testigos: Type.Array(Uuid, {
    maxItems: 64,
    description: 'Algunos de sus pedidos, de los primeros y de los últimos; ninguno si no tiene',
  }),
})
const Enlazada = Type.Object({ instalacion: Uuid })

/** Stock is for one installation of pedidos, and says to whoever comes whether it is theirs. */
export const instalacionRoutes = (base: ReturnType<typeof service>, deps: InstalacionDeps) =>
  new Elysia({ ...appOptions }).use(base).put(
    '/instalacion',
    async ({ body: { instalacion, testigos } }) => {
      const ahora = deps.clock.epochMs()
      const esSuya = await deps.instalacion.enlazar({ instalacion, testigos, ahora })
      return esSuya ? { instalacion } : rechazar('instalacion-distinta', { detail })
    },
    {
      acceso: 'reservar',
      body: Enlace,
      response: { 200: Enlazada, ...rechazos('instalacion-distinta') },
      detail: {
        tags: ['reservas'],
        summary: 'Comprobar que estas existencias son de una instalación de pedidos',
        description:
          'La primera que viene se queda con ellas, si las dos empiezan de cero o si alguno de sus ' +
          'pedidos tiene aquí su reserva. A las demás, 409 `instalacion-distinta`, también en cada ' +
          `llamada sobre reservas con otra instalación en la cabecera \`${cabeceraInstalacion}\`.`,
      },
    },
  )
