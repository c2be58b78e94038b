import { palabrasPlegadas } from '@encargo/service-kit/values/search-words'
import { telefonoBuscado } from '@encargo/service-kit/values/telephone'
import { and, eq, isNull, like, lt, or, type SQL, sql } from 'drizzle-orm'
import { claveDeCedula } from '../domain/identidades.ts'
import type { FiltroUsuarios } from '../ports/usuarios.ts'
import { usuarios } from './sqlite/tables.ts'

/** Of a user, without the password's hash. */
export const columns = {
  id: usuarios.id,
  email: usuarios.email,
  nombre: usuarios.nombre,
  cedula: usuarios.cedula,
  telefono: usuarios.telefono,
  rol: usuarios.rol,
  activo: usuarios.activo,
  emailConfirmadoEn: usuarios.emailConfirmadoEn,
  version: usuarios.version,
  creadoEn: usuarios.creadoEn,
}
/** What a sign-in is checked against; only of users who are not erased. */
export const credentialColumns = {
  id: usuarios.id,
  rol: usuarios.rol,
  activo: usuarios.activo,
  email: sql<string>`${usuarios.email}`,
  nombre: sql<string>`${usuarios.nombre}`,
  passwordHash: sql<string>`${usuarios.passwordHash}`,
}
export const vivo = isNull(usuarios.eliminadoEn)

/** Each word of `q` as a quoted prefix: nothing of it is FTS5 syntax. No word: matches nothing. */
function matchExpression(q: string): string {
  const words = palabrasPlegadas(q)
  return words.length === 0 ? '""' : words.map((word) => `"${word}"*`).join(' ')
}

/** Also those who had the number, written otherwise, before it was compared so: they have no key. */
const conCedula = (cedula: string) =>
  or(eq(usuarios.cedulaClave, claveDeCedula(cedula)), eq(usuarios.cedula, cedula))

/** Who is called so or has that e-mail, that telephone however it is written, or that identity number. */
function conTexto(q: string): SQL | undefined {
  const found = sql`SELECT rowid FROM usuarios_fts WHERE usuarios_fts MATCH ${matchExpression(q)}`
  const telefono = telefonoBuscado(q)
  return or(
    sql`${usuarios.numero} IN (${found})`,
    conCedula(q),
    telefono === null ? undefined : like(usuarios.telefono, `%${telefono}`),
  )
}

/** What the list's filters ask for; no filter of the list sees an erased user. */
export function conditions(filtro: FiltroUsuarios): SQL | undefined {
  const { q, cedula, rol, activo, antesDe } = filtro
  return and(
    vivo,
    q === undefined ? undefined : conTexto(q),
    cedula === undefined ? undefined : conCedula(cedula),
    rol === undefined ? undefined : eq(usuarios.rol, rol),
    activo === undefined ? undefined : eq(usuarios.activo, activo),
    antesDe === undefined ? undefined : lt(usuarios.id, antesDe),
  )
}
