import type { ApunteDe } from '@encargo/service-kit/audit/log'
import type { Usuario } from './usuario.ts'

export const acciones = [
  'registro',
  'invitado-recibido',
  'cliente-creado',
  'personal-invitado',
  'invitacion-repetida',
  'invitacion-aceptada',
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

/** A line of the log. */
export type Apunte = ApunteDe<Accion>

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
