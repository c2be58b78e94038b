import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId, Instante, Uuid } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Sesion } from '../domain/sesion.ts'
import type { AuthStore } from '../ports/store.ts'
import type { OrigenDe } from './origen.ts'

const SesionVista = Type.Object({
  id: Uuid,
  actual: Type.Boolean({ description: 'true en la sesión de este token' }),
  dispositivo: Type.Union([Type.String(), Type.Null()]),
  direccion: Type.Union([Type.String(), Type.Null()]),
  creadaEn: Instante,
  ultimoUsoEn: Instante,
  expiraEn: Instante,
})
const respuestas = { 200: Type.Object({ datos: Type.Array(SesionVista) }), ...rechazos() }
const respuestasFin = { 204: Type.Void(), ...rechazos('no-encontrado') }
const tags = ['mi cuenta']
const iso = (ms: number) => new Date(ms).toISOString()

function verSesion(sesion: Sesion, actual: string | undefined) {
  const { id, dispositivo, direccion, creadaEn, ultimoUsoEn, expiraEn } = sesion
  const instants = {
    creadaEn: iso(creadaEn),
    ultimoUsoEn: iso(ultimoUsoEn),
    expiraEn: iso(expiraEn),
  }
  return { id, actual: id === actual, dispositivo, direccion, ...instants }
}

interface SesionesRoutesDeps {
  readonly store: AuthStore
  readonly origenDe: OrigenDe
  readonly clock: Clock
}

export const sesionesRoutes = (
  base: ReturnType<typeof service>,
  { store: { sesiones }, origenDe, clock }: SesionesRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/me/sesiones',
      async ({ identidad }) => {
        const actual = identidad.tipo === 'usuario' ? identidad.sesionId : undefined
        const open = await sesiones.abiertas(identidad.id, clock.epochMs())
        return { datos: open.map((sesion) => verSesion(sesion, actual)) }
      },
      {
        acceso: 'cuenta',
        response: respuestas,
        detail: {
          tags,
          summary: 'Mis sesiones abiertas, las más nuevas primero',
          description: 'Con dispositivo, dirección y último uso. Son 50 como mucho.',
        },
      },
    )
    .delete(
      '/me/sesiones/:id',
      async ({ identidad, params, request }) => {
        const { id } = params
        const { direccion } = origenDe(request)
        const end = { usuarioId: identidad.id, id, direccion, now: clock.epochMs() }
        if (await sesiones.cerrar(end)) return status(204, undefined)
        return rechazar('no-encontrado', { detail: 'No tienes ninguna sesión abierta con ese id.' })
      },
      {
        acceso: 'cuenta',
        params: ConId,
        response: respuestasFin,
        detail: {
          tags,
          summary: 'Cerrar una de mis sesiones',
          description: 'Su token de acceso sirve aún lo que le quede, 10 minutos como mucho.',
        },
      },
    )
