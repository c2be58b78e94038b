import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import {
  ConId,
  consulta,
  Ids,
  limitePorDefecto,
  pagina,
  paginacion,
  parseIds,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Type } from '@sinclair/typebox'
import { Elysia, status, t } from 'elysia'
import type { AuthStore } from '../ports/store.ts'
import type { RechazoEdicion } from '../ports/usuarios.ts'
import { limpios } from './limpieza.ts'
import type { OrigenDe } from './origen.ts'
import {
  CedulaBuscada,
  ConIfMatch,
  EdicionUsuario,
  RolSchema,
  UsuarioVisto,
  verUsuario,
} from './schemas.ts'

const Consulta = consulta({
  ...paginacion,
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  cedula: Type.Optional(CedulaBuscada),
  rol: Type.Optional(RolSchema),
  activo: Type.Optional(t.BooleanString()),
  ids: Type.Optional(Ids),
})
const respuestasLista = { 200: pagina(UsuarioVisto), ...rechazos() }
const respuestasUno = { 200: UsuarioVisto, ...rechazos('no-encontrado') }
const respuestasEdicion = {
  200: UsuarioVisto,
  ...rechazos('no-encontrado', 'version-distinta', 'ultimo-admin', 'cedula-en-uso', 'prohibido'),
}
const respuestasBorrado = {
  204: Type.Void(),
  ...rechazos('no-encontrado', 'ultimo-admin', 'prohibido'),
}
const tags = ['usuarios']

const notFound = () => rechazar('no-encontrado', { detail: 'No hay ningún usuario con ese id.' })
const lastAdmin = () =>
  rechazar('ultimo-admin', { detail: 'Es el último administrador activo. Nombra antes a otro.' })
const noLongerAdmin = () =>
  rechazar('prohibido', { detail: 'Ya no eres administrador. Inicia sesión de nuevo.' })

function refuseEdit(rechazo: RechazoEdicion) {
  switch (rechazo) {
    case 'no-encontrado':
      return notFound()
    case 'ultimo-admin':
      return lastAdmin()
    case 'sin-permiso':
      return noLongerAdmin()
    case 'sin-cuenta': {
      const mensaje =
        'Quien no tiene cuenta con un correo suyo no puede ser del personal. Invítale.'
      const errores = [{ campo: 'rol', mensaje }]
      return rechazar('datos-invalidos', { detail: mensaje, errores })
    }
    case 'version-distinta': {
      const detail = 'El usuario cambió desde que lo leíste. Léelo de nuevo y repite.'
      return rechazar('version-distinta', { detail })
    }
    case 'cedula-en-uso': {
      const detail = 'Otra cuenta tiene esa cédula. Revisa el número.'
      return rechazar('cedula-en-uso', { detail })
    }
  }
}

interface UsuariosRoutesDeps {
  readonly store: AuthStore
  readonly origenDe: OrigenDe
  readonly clock: Clock
}

export const usuariosRoutes = (
  base: ReturnType<typeof service>,
  { store: { usuarios }, origenDe, clock }: UsuariosRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/usuarios',
      async ({ query: { cursor, ids, limite = limitePorDefecto, ...filtro } }) => {
        if (ids !== undefined) {
          const found = await usuarios.porIds(parseIds(ids))
          return { datos: found.map(verUsuario), siguiente: null }
        }
        const from = cursor === undefined ? {} : { antesDe: decodeCursor(Uuid, cursor) }
        const rows = await usuarios.listar({ ...filtro, ...from, limite })
        return toPagina(rows, limite, verUsuario, (usuario) => usuario.id)
      },
      {
        acceso: 'leer-usuarios',
        query: Consulta,
        response: respuestasLista,
        detail: {
          tags,
          summary: 'Usuarios, los más nuevos primero',
          description:
            'q busca por el comienzo de las palabras del nombre y del correo, sin distinguir acentos ni mayúsculas, por el teléfono, como quiera que se escriba, y por la cédula entera. Con ids=a,b,c (hasta 200) los da por id y en ese orden, también los eliminados, sin los desconocidos; los demás filtros no cuentan entonces.',
        },
      },
    )
    .get(
      '/usuarios/:id',
      async ({ params, set }) => {
        const usuario = await usuarios.porId(params.id)
        if (!usuario) return notFound()
        set.headers['etag'] = etag(usuario.version)
        return verUsuario(usuario)
      },
      {
        acceso: 'leer-usuarios',
        params: ConId,
        response: respuestasUno,
        detail: {
          tags,
          summary: 'Un usuario',
          description:
            'De una cuenta eliminada quedan el id y activo: false; sus datos personales son null.',
        },
      },
    )
    .patch(
      '/usuarios/:id',
      async ({ params, identidad, body: cambios, headers, request, set }) => {
        const result = await usuarios.editar({
          id: params.id,
          actor: { id: identidad.id, como: 'admin' },
          cambios: limpios(cambios),
          direccion: origenDe(request).direccion,
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          now: clock.epochMs(),
        })
        if (result.tipo !== 'editado') return refuseEdit(result.tipo)
        set.headers['etag'] = etag(result.usuario.version)
        return verUsuario(result.usuario)
      },
      {
        acceso: 'admin',
        params: ConId,
        body: EdicionUsuario,
        headers: ConIfMatch,
        response: respuestasEdicion,
        detail: {
          tags,
          summary: 'Cambiar datos, rol o estado de un usuario',
          description:
            'activo: false cierra sus sesiones. Siempre queda al menos un administrador activo.',
        },
      },
    )
    .delete(
      '/usuarios/:id',
      async ({ params, identidad, request }) => {
        const { id } = params
        const result = await usuarios.borrar({
          id,
          actorId: identidad.id,
          direccion: origenDe(request).direccion,
          now: clock.epochMs(),
        })
        if (result === 'no-encontrado') return notFound()
        if (result === 'ultimo-admin') return lastAdmin()
        if (result === 'sin-permiso') return noLongerAdmin()
        return status(204, undefined)
      },
      {
        acceso: 'admin',
        params: ConId,
        response: respuestasBorrado,
        detail: {
          tags,
          summary: 'Eliminar una cuenta y sus datos personales',
          description: 'El id sigue existiendo para los pedidos pasados. Repetirlo no cambia nada.',
        },
      },
    )
