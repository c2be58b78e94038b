import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { NuevoCorreo } from '../domain/correo.ts'
import type { Titular } from '../domain/regla-password.ts'
import type { CambiosUsuario, Credencial, NuevoUsuario, Usuario } from '../domain/usuario.ts'

export type Ocupado = 'email-en-uso' | 'cedula-en-uso'

/** Who asks: the owner of the account, staff or an admin, which they must still be when it is done. */
export interface Actor {
  readonly id: string
  readonly como: 'propio' | 'personal' | 'admin'
  /** Of the owner: must still be open, so that a token of before does nothing after a reset. */
  readonly sesionId?: string
}

export interface Edicion {
  readonly id: string
  readonly actor: Actor
  readonly cambios: CambiosUsuario
  readonly direccion: string | undefined
  /** Whether the caller has seen this version of the account, if that matters to them. */
  readonly admite: (version: number) => boolean
  readonly now: number
}

export type Editado =
  { readonly tipo: 'editado'; readonly usuario: Usuario } | { readonly tipo: RechazoEdicion }

export type RechazoEdicion =
  | 'no-encontrado'
  | 'version-distinta'
  | 'ultimo-admin'
  | 'sin-permiso'
  | 'sin-cuenta'
  | 'cedula-en-uso'

export interface Borrado {
  readonly id: string
  readonly actorId: string
  /** Only whoever was invited and has not come yet. */
  readonly soloPendiente?: true
  readonly direccion: string | undefined
  readonly now: number
}

export interface FiltroUsuarios {
  readonly q?: string
  readonly cedula?: string
  readonly rol?: Rol
  readonly activo?: boolean
  /** Only users after this id, in the list's order: the newest first. */
  readonly antesDe?: string
  readonly limite: number
}

export interface EstadoCuenta {
  readonly id: string
  readonly activo: boolean
  readonly confirmado: boolean
}

export interface Alta {
  readonly nuevo: NuevoUsuario
  readonly confirmar?: Confirmar
  readonly now: number
  readonly direccion?: string | undefined
}

/** Somebody whom staff enter; `invitar` is the mail by which they set a password. */
export interface AltaPor {
  readonly nuevo: NuevoUsuario
  /** Whether the id follows from a key: who has it was entered by this key before. */
  readonly repetible?: boolean
  readonly actor: Actor
  readonly invitar?: Confirmar
  readonly direccion: string | undefined
  readonly now: number
}

export interface UsuarioStore {
  /** With the mail that asks for a confirmation, where one is due. */
  crear(alta: Alta): Promise<'creado' | Ocupado>
  crearPor(alta: AltaPor): Promise<'creado' | 'repetido' | Ocupado | 'sin-permiso'>
  /** Creates the user unless there is an active admin. */
  crearPrimerAdmin(nuevo: NuevoUsuario, now: number): Promise<'creado' | 'ya-hay' | Ocupado>
  hayAdmin(): Promise<boolean>
  /** Also an erased one. */
  porId(id: string): Promise<Usuario | undefined>
  /** In the order of `ids`, the unknown ones left out. */
  porIds(ids: readonly string[]): Promise<Usuario[]>
  /** Likewise, and only whether each account is active and confirmed; an erased one is neither. */
  estados(ids: readonly string[]): Promise<EstadoCuenta[]>
  credencialPorEmail(emailClave: string): Promise<Credencial | undefined>
  credencialPorId(id: string): Promise<Credencial | undefined>
  /** Up to `limite + 1` of those that are not erased. */
  listar(filtro: FiltroUsuarios): Promise<Usuario[]>
  /** Deactivating ends every session. */
  editar(edicion: Edicion): Promise<Editado>
  /** Erases the personal data and the sessions; the id stays. Again: `borrado`. */
  borrar(borrado: Borrado): Promise<'borrado' | 'no-encontrado' | 'ultimo-admin' | 'sin-permiso'>
  /** Another hash of the same password in the place of `anterior`; answers the one that is there now. */
  rehacerHash(cambio: { id: string; anterior: string; nuevo: string }): Promise<string>
  /** Sets the password if it is still `anterior`, and ends every session but one. */
  cambiarPassword(cambio: CambioPassword): Promise<boolean>
}

export interface CambioPassword {
  readonly id: string
  readonly anterior: string
  readonly nuevo: string
  readonly salvoSesion: string | undefined
  readonly direccion: string | undefined
  readonly now: number
}

/** A token by its hash, and the mail that brings it. */
export interface Confirmar {
  readonly hash: string
  readonly correo: NuevoCorreo
}

export interface UsoConfirmacion {
  readonly hash: string
  readonly direccion: string | undefined
  readonly now: number
}

export interface ConfirmacionStore {
  /** The token that confirms a user's address, and its mail; they take the place of older ones. */
  pedir(confirmar: Confirmar): Promise<void>
  /** Uses the token up and confirms the address; false when it is not good. */
  usar(uso: UsoConfirmacion): Promise<boolean>
  purgar(now: number): Promise<number>
}

export interface TokenRestablecer extends Confirmar {
  readonly direccion: string | undefined
}

/** The mail by which somebody of the staff sets their first password. */
export interface TokenInvitacion extends TokenRestablecer {
  readonly actor: Actor
}

export interface UsoRestablecer {
  readonly hash: string
  readonly passwordHash: string
  readonly direccion: string | undefined
  readonly now: number
}

export interface RestablecimientoStore {
  /** The token that a user can set a new password with, and its mail; they replace older ones. */
  poner(nuevo: TokenRestablecer): Promise<void>
  /** The same for whoever was invited and has not come yet. */
  invitar(nueva: TokenInvitacion): Promise<'enviada' | 'no-encontrado' | 'sin-permiso'>
  /** Whose token it is, if it is good now and the account is open. */
  titular(hash: string, now: number): Promise<Titular | undefined>
  /** Uses the token up, sets the password and ends every session; false when it is not good. */
  usar(uso: UsoRestablecer): Promise<boolean>
  purgar(now: number): Promise<number>
}
