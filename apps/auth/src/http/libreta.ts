import { facturacionLimpia } from '@encargo/service-kit/http/facturacion'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { ConId } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { direccionDe, direccionesMaximas } from '../domain/libreta.ts'
import type { LibretaStore } from '../ports/libreta.ts'
import {
  DireccionesVistas,
  direccionLimpia,
  DireccionVista,
  EdicionDireccion,
  Facturaciones,
  FacturacionesVistas,
  NuevaDireccion,
} from './libreta-schemas.ts'
import { accountGone, titularDe } from './titular.ts'

const vistas = { 200: DireccionesVistas, ...rechazos() }
const anadidas = { 200: DireccionVista, 201: DireccionVista, ...rechazos() }
const cambiadas = { 200: DireccionVista, ...rechazos('no-encontrado') }
const quitadas = { 204: Type.Void(), ...rechazos() }
const facturaciones = { 200: FacturacionesVistas, ...rechazos() }
const puestas = { 200: FacturacionesVistas, ...rechazos('identificacion-invalida') }
const tags = ['mi cuenta']

function full() {
  const detail = `Ya tienes ${direccionesMaximas} direcciones guardadas. Borra una antes de añadir otra.`
  const limite = { regla: 'maximo-elementos', limite: direccionesMaximas } as const
  return rechazar('datos-invalidos', {
    detail,
    errores: [{ campo: 'direcciones', mensaje: detail, ...limite }],
  })
}

interface LibretaRoutesDeps {
  readonly store: { readonly libreta: LibretaStore }
  readonly uuid: () => string
}

/** Addresses and invoice data that people keep; guests keep none. */
export const libretaRoutes = (
  base: ReturnType<typeof service>,
  { store: { libreta }, uuid }: LibretaRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/me/direcciones',
      async ({ identidad }) => ({ datos: [...(await libreta.direcciones(identidad.id))] }),
      {
        acceso: 'cuenta',
        response: vistas,
        detail: { tags, summary: 'Mis direcciones, la predeterminada primero' },
      },
    )
    .post(
      '/me/direcciones',
      async ({ identidad, body: { predeterminada = false, ...datos }, set }) => {
        const direccion = direccionDe(direccionLimpia(datos))
        const nueva = { de: titularDe(identidad), id: uuid(), direccion, predeterminada }
        const result = await libreta.anadir(nueva)
        if (result.tipo === 'sin-cuenta') throw accountGone()
        if (result.tipo === 'llena') return full()
        set.headers['location'] = `/me/direcciones/${result.direccion.id}`
        return status(result.tipo === 'anadida' ? 201 : 200, result.direccion)
      },
      {
        acceso: 'cuenta',
        body: NuevaDireccion,
        response: anadidas,
        detail: {
          tags,
          summary: 'Guardar una dirección',
          description:
            'Hasta 20. La primera es la predeterminada. Si ya hay una igual, la responde con 200: repetirlo no guarda otra.',
        },
      },
    )
    .patch(
      '/me/direcciones/:id',
      async ({ identidad, params, body: { predeterminada = false, ...datos } }) => {
        const cambios = direccionLimpia(datos)
        const cambio = { de: titularDe(identidad), id: params.id, cambios, predeterminada }
        const result = await libreta.cambiar(cambio)
        if (result.tipo === 'sin-cuenta') throw accountGone()
        if (result.tipo === 'cambiada') return result.direccion
        return rechazar('no-encontrado', { detail: 'No hay ninguna dirección tuya con ese id.' })
      },
      {
        acceso: 'cuenta',
        params: ConId,
        body: EdicionDireccion,
        response: cambiadas,
        detail: {
          tags,
          summary: 'Cambiar una dirección',
          description:
            'Lo que falta se queda como está y null lo quita. predeterminada: true la pone primero, en lugar de la que lo era.',
        },
      },
    )
    .delete(
      '/me/direcciones/:id',
      async ({ identidad, params }) => {
        const result = await libreta.quitar({ de: titularDe(identidad), id: params.id })
        if (result === 'sin-cuenta') throw accountGone()
        return status(204, undefined)
      },
      {
        acceso: 'cuenta',
        params: ConId,
        response: quitadas,
        detail: {
          tags,
          summary: 'Borrar una dirección',
          description:
            'Si era la predeterminada, pasa a serlo la más antigua. Repetirlo no cambia nada; los pedidos guardan la suya.',
        },
      },
    )
    .get(
      '/me/facturacion',
      async ({ identidad }) => ({ datos: [...(await libreta.facturaciones(identidad.id))] }),
      {
        acceso: 'cuenta',
        response: facturaciones,
        detail: { tags, summary: 'A nombre de quién pido mis facturas' },
      },
    )
    .put(
      '/me/facturacion',
      async ({ identidad, body }) => {
        const datos = body.datos.map((una, at) => facturacionLimpia(una, `datos.${at}`))
        const de = titularDe(identidad)
        const result = await libreta.ponerFacturaciones({ de, facturaciones: datos })
        if (result === 'sin-cuenta') throw accountGone()
        return { datos }
      },
      {
        acceso: 'cuenta',
        body: Facturaciones,
        response: puestas,
        detail: {
          tags,
          summary: 'Guardar a nombre de quién pido mis facturas',
          description:
            'La lista entera, hasta 5, en lugar de la anterior. El número de identificación se comprueba según su país y se guarda sin puntos, guiones ni espacios.',
        },
      },
    )
