import type { Usuario } from './usuario.ts'

export const acciones = [
  'registro',
  'primer-admin',
  'login',
  'login-fallido',
  'servicio-rechazado',
  'logout',
  'sesion-cerrada',
  'token-reutilizado',
  'password-cambiada',
  'restablecimiento-pedido',
  'password-restablecida',
  'email-confirmado',
  'usuario-editado',
  'rol-cambiado',
  'usuario-activado',
  'usuario-desactivado',
  'usuario-eliminado',
  'clave-rotada',
  'cuenta-servicio-creada',
  'secreto-rotado',
  'secreto-revocado',
  'tienda-editada',
] as const
export type Accion = (typeof acciones)[number]

/** A line of the log: of people and programs only ids; `en` in milliseconds. */
export interface Apunte {
  readonly en: number
  readonly accion: Accion
  /** Without one: somebody unknown, or the operator at the machine. */
  readonly actorId?: string
  readonly sujetoId?: string | undefined
  readonly direccion: string | undefined
  readonly detalle?: string
}

/** A line as it is kept. */
export interface ApunteGuardado {
  readonly numero: number
  readonly en: number
  readonly accion: string
  readonly actorId: string | null
  readonly sujetoId: string | null
  readonly red: string | null
  readonly detalle: string | null
}

/** What the log says of an edit: that it was, and each change of what somebody may do. */
export function apuntesDeEdicion(
  antes: Usuario,
  despues: Usuario,
): Pick<Apunte, 'accion' | 'detalle'>[] {
  const apuntes: Pick<Apunte, 'accion' | 'detalle'>[] = [{ accion: 'usuario-editado' }]
  if (antes.rol !== despues.rol) {
    apuntes.push({ accion: 'rol-cambiado', detalle: `${antes.rol} -> ${despues.rol}` })
  }
  if (antes.activo !== despues.activo) {
    apuntes.push({ accion: despues.activo ? 'usuario-activado' : 'usuario-desactivado' })
  }
  if (antes.emailConfirmadoEn !== despues.emailConfirmadoEn) {
    apuntes.push({ accion: 'email-confirmado' })
  }
  return apuntes
}
