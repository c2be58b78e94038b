import { telefonoBuscado } from '@encargo/service-kit/values/telephone'
import { type Condition, list } from '@encargo/storage'
import { claveDeCedula } from '../domain/identidades.ts'
import type { Usuario } from '../domain/usuario.ts'
import type { FiltroUsuarios } from '../ports/usuarios.ts'
import { conPalabras, palabrasBuscadas } from './palabras.ts'

/** Of a user, without the password's hash. */
export const columnas = `id, email, nombre, cedula, telefono, rol, activo, version, invitado,
  CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS "conPassword", email_confirmado_en AS "emailConfirmadoEn", creado_en AS "creadoEn"`

type Dicho = 'activo' | 'invitado' | 'conPassword'
export type FilaUsuario = Omit<Usuario, Dicho> & { readonly [dicho in Dicho]: number }
export const aUsuario = ({ activo, invitado, conPassword, ...fila }: FilaUsuario): Usuario => ({
  ...fila,
  activo: activo === 1,
  invitado: invitado === 1,
  conPassword: conPassword === 1,
})

const lista = list<FilaUsuario>(`SELECT ${columnas} FROM usuarios`, 'ORDER BY id DESC LIMIT ?')

/** Also those who had the number, written otherwise, before it was compared so: they have no key. */
const conCedula = (cedula: string) =>
  ['(cedula_clave = ? OR cedula = ?)', claveDeCedula(cedula), cedula] as const

/** Who is called so or has that e-mail, that telephone however it is written, or that identity number. */
function conTexto(q: string): Condition {
  const [cedula, ...claves] = conCedula(q)
  const telefono = telefonoBuscado(q)
  const [more, ...last] = telefono === null ? [''] : [' OR telefono LIKE ?', `%${telefono}`]
  const either = (found: string) => `(${found} OR ${cedula}${more})`
  const text = { sqlite: either(conPalabras.sqlite), postgres: either(conPalabras.postgres) }
  return [text, palabrasBuscadas(q), ...claves, ...last]
}

/** What the list's filters ask for; no filter of the list sees an erased user. */
export function listaUsuarios({ q, cedula, rol, activo, antesDe, limite }: FiltroUsuarios) {
  const conditions: Condition[] = [
    ['eliminado_en IS NULL'],
    q === undefined ? undefined : conTexto(q),
    cedula === undefined ? undefined : conCedula(cedula),
    rol === undefined ? undefined : ['rol = ?', rol],
    activo === undefined ? undefined : ['activo = ?', Number(activo)],
    antesDe === undefined ? undefined : ['id < ?', antesDe],
  ]
  return lista(conditions, limite + 1)
}
