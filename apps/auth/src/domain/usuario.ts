import type { Rol } from '@encargo/service-kit/identity/tokens'

/** A person with an account, as the service works with it; instants in milliseconds. */
export interface Usuario {
  readonly id: string
  /** Null, as the name is, once the account was erased; and of a customer of whom none is known. */
  readonly email: string | null
  readonly nombre: string | null
  readonly cedula: string | null
  readonly telefono: string | null
  readonly rol: Rol
  readonly activo: boolean
  /** Null: nobody has shown yet that the address is the account's. */
  readonly emailConfirmadoEn: number | null
  /** Buys without an account; the address is compared with nobody's. */
  readonly invitado: boolean
  /** Without one nobody signs in: of guests, and of others until they set one. */
  readonly conPassword: boolean
  readonly version: number
  readonly creadoEn: number
}

/** What a sign-in is checked against; with null, nobody can. */
export interface Credencial {
  readonly id: string
  readonly rol: Rol
  readonly activo: boolean
  readonly email: string
  readonly nombre: string
  readonly passwordHash: string | null
}

export interface NuevoUsuario {
  readonly id: string
  readonly email: string | null
  readonly nombre: string
  readonly cedula: string | null
  readonly telefono: string | null
  readonly rol: Rol
  readonly emailConfirmadoEn: number | null
  readonly passwordHash: string | null
  readonly invitado?: true
}

/** An edit: what is absent stays, null takes away. */
export interface CambiosUsuario {
  readonly nombre?: string
  readonly telefono?: string | null
  readonly cedula?: string | null
  readonly rol?: Rol
  readonly activo?: boolean
  /** An admin vouches for the address; what is confirmed stays so. */
  readonly emailConfirmado?: true
}

/** Whether somebody can be given more to do than to buy: who has no account of their own can't. */
export const puedeSer = ({ email, invitado }: Usuario, rol: Rol): boolean =>
  rol === 'cliente' || (email !== null && !invitado)

/** Whether somebody of the staff has been invited and has not set a password yet. */
export const esperaInvitacion = ({ rol, activo, conPassword }: Usuario): boolean =>
  rol !== 'cliente' && activo && !conPassword

/** Whether an edit or an erasure would take this user out of the active admins. */
export function dejaDeSerAdmin(
  antes: Pick<Usuario, 'rol' | 'activo'>,
  despues: Pick<CambiosUsuario, 'rol' | 'activo'>,
): boolean {
  const era = antes.rol === 'admin' && antes.activo
  return era && ((despues.rol ?? antes.rol) !== 'admin' || !(despues.activo ?? antes.activo))
}
