import {
  cerrado,
  edicion,
  Email,
  Instante,
  Telefono,
  texto,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { around } from '@encargo/service-kit/values/email-pattern'
import { type TSchema, Type } from '@sinclair/typebox'
import type { Usuario } from '../domain/usuario.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const RolSchema = Type.Union([
  Type.Literal('cliente'),
  Type.Literal('operador'),
  Type.Literal('admin'),
])

/** Any characters at all; the bounds keep out what is guessed at once and what is only work. */
export const Password = Type.String({
  minLength: 8,
  maxLength: 128,
  examples: ['una-frase-larga-y-mia'],
})
/** What is typed to sign in: no rule but a bound, since only the right one matters. */
export const PasswordDada = Type.String({
  minLength: 1,
  maxLength: 128,
  examples: ['una-frase-larga-y-mia'],
})
/** What came by mail. */
export const TokenDeCorreo = Type.String({
  minLength: 1,
  maxLength: 512,
  examples: ['el-que-llego-por-correo'],
})
const Nombre = texto(120, 1, 'Rosa Peralta')
const Cedula = Type.String({
  pattern: `^${around}[0-9A-Za-z][0-9A-Za-z.-]{3,31}${around}$`,
  error: 'debe tener de 4 a 32 letras, cifras, puntos o guiones',
  'x-regla': 'cedula',
  examples: ['0102030405'],
})
export const CedulaBuscada = Type.String({ minLength: 1, maxLength: 32 })

export const NuevoRegistro = cerrado(
  {
    email: Email,
    password: Password,
    nombre: Nombre,
    cedula: Type.Optional(Cedula),
    telefono: Type.Optional(Telefono),
  },
  'NuevoRegistro',
)

export const NuevoInvitado = cerrado(
  { nombre: Nombre, email: Email, telefono: Type.Optional(Telefono) },
  'NuevoInvitado',
)

export const NuevoCliente = cerrado(
  {
    nombre: Nombre,
    email: Type.Optional(Email),
    telefono: Type.Optional(Telefono),
    cedula: Type.Optional(Cedula),
  },
  'NuevoCliente',
)

export const NuevaInvitacion = cerrado(
  {
    nombre: Nombre,
    email: Email,
    rol: Type.Union([Type.Literal('operador'), Type.Literal('admin')]),
  },
  'NuevaInvitacion',
)

export const EdicionPropia = edicion(
  {
    nombre: Type.Optional(Nombre),
    telefono: Type.Optional(orNull(Telefono)),
  },
  'EdicionPropia',
)

export const EdicionUsuario = edicion(
  {
    nombre: Type.Optional(Nombre),
    telefono: Type.Optional(orNull(Telefono)),
    cedula: Type.Optional(orNull(Cedula)),
    rol: Type.Optional(RolSchema),
    activo: Type.Optional(Type.Boolean()),
    emailConfirmado: Type.Optional(
      Type.Literal(true, { description: 'Quien administra responde de que el correo es suyo' }),
    ),
  },
  'EdicionUsuario',
)

const shared = {
  id: Uuid,
  cedula: orNull(Type.String({ examples: ['0102030405'] })),
  telefono: orNull(Type.String({ examples: ['+593 99 000 0101'] })),
  rol: RolSchema,
  activo: Type.Boolean(),
  invitado: Type.Boolean({
    description: 'Si compró sin cuenta: su correo puede ser también el de una cuenta',
  }),
  conPassword: Type.Boolean({ description: 'Si puede iniciar sesión' }),
  emailConfirmado: Type.Boolean({
    description: 'Si se sabe que el correo es de quien tiene la cuenta',
  }),
  creadoEn: Instante,
}
export const UsuarioPropio = Type.Object(
  {
    ...shared,
    email: Type.String({ examples: ['rosa@correo.example'] }),
    nombre: Type.String({ examples: ['Rosa Peralta'] }),
  },
  { title: 'UsuarioPropio' },
)
const erasedNote = 'null cuando la cuenta fue eliminada, o no se sabe'
export const UsuarioVisto = Type.Object(
  {
    ...shared,
    email: Type.Union([Type.String(), Type.Null()], {
      description: erasedNote,
      examples: ['rosa@correo.example'],
    }),
    nombre: Type.Union([Type.String(), Type.Null()], {
      description: erasedNote,
      examples: ['Rosa Peralta'],
    }),
  },
  { title: 'Usuario' },
)

/** A user as staff and services see one. */
export function verUsuario(usuario: Usuario) {
  const { id, email, nombre, cedula, telefono, rol, activo, invitado, conPassword } = usuario
  const creadoEn = new Date(usuario.creadoEn).toISOString()
  const emailConfirmado = usuario.emailConfirmadoEn !== null
  const who = { id, email, nombre, cedula, telefono, rol, activo, invitado, conPassword }
  return { ...who, emailConfirmado, creadoEn }
}

/** A user as seen by themselves; undefined once erased. */
export function verPropio(usuario: Usuario) {
  const { email, nombre } = usuario
  if (email === null || nombre === null) return undefined
  return { ...verUsuario(usuario), email, nombre }
}

export { ConIfMatch, Email } from '@encargo/service-kit/http/schemas'
