import type { Clock } from '@encargo/service-kit/async/clock'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Elysia, status } from 'elysia'
import type { Instalacion } from '../app/instalacion.ts'
import type { Devolucion } from '../domain/devolucion.ts'
import { sumarLineas } from '../domain/reserva.ts'
import type { DevolucionesStore } from '../ports.ts'
import { soloDe } from './instalacion.ts'
import { cantidadExcedida, fueraDeLimite } from './refusals.ts'
import { ConDevolucion, DevolucionVista, PeticionDevolucion } from './schemas.ts'

const repuesta = {
  200: DevolucionVista,
  201: DevolucionVista,
  ...rechazos(
    'cantidad-excedida',
    'devolucion-distinta',
    'existencia-fuera-de-limite',
    'instalacion-distinta',
  ),
}

const ver = ({ lineas, creadaEn, ...devolucion }: Devolucion) => ({
  ...devolucion,
  lineas: [...lineas],
  creadaEn: new Date(creadaEn).toISOString(),
})

/** Units of orders that are put back into the stock. */
export const devolucionesRoutes = (
  base: ReturnType<typeof service>,
  deps: {
    readonly store: DevolucionesStore
    readonly instalacion: Instalacion
    readonly clock: Pick<Clock, 'epochMs'>
  },
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .onBeforeHandle(soloDe(deps.instalacion))
    .put(
      '/devoluciones/:id',
      async ({ params: { id }, body: { pedidoId, lineas } }) => {
        const ahora = deps.clock.epochMs()
        const peticion = { id, pedidoId, lineas: sumarLineas(lineas), ahora }
        const resultado = await deps.store.reponer(peticion)
        switch (resultado.tipo) {
          case 'hecha':
            return status(201, ver(resultado.devolucion))
          case 'repetida':
            return status(200, ver(resultado.devolucion))
          case 'distinta':
            return rechazar('devolucion-distinta', {
              detail: 'Esa devolución ya se hizo con otras líneas. Usa otro id.',
            })
          case 'excedida':
            return cantidadExcedida(resultado.excedidas)
          case 'fuera-de-limite':
            return fueraDeLimite()
        }
      },
      {
        acceso: 'reservar',
        params: ConDevolucion,
        body: PeticionDevolucion,
        response: repuesta,
        detail: {
          tags: ['devoluciones'],
          summary: 'Devolver al almacén unidades que un pedido sacó',
          description:
            'Todas las líneas o ninguna; las de un mismo producto se suman. Sube `fisico` y deja una ' +
            'DEVOLUCION por producto en el libro. 201 la primera vez; 200 con las mismas líneas, sin ' +
            'cambiar nada. 409 `cantidad-excedida` si son más de las que ese pedido sacó y aún no ' +
            'volvieron.',
        },
      },
    )
