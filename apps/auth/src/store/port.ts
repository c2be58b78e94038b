import type { Rol } from '@encargo/service-kit/identity/tokens'
import type { Apunte, ApunteGuardado } from '../domain/auditoria.ts'
import type { CorreoDebido, CorreoVisto, NuevoCorreo, ResultadoCorreo } from '../domain/correo.ts'
import type { CuentaServicio } from '../domain/cuenta-servicio.ts'
import type { Llave } from '../domain/frenos.ts'
import type { Titular } from '../domain/regla-password.ts'
import type { NuevaSesion, Sesion } from '../domain/sesion.ts'
import type { CambiosUsuario, Credencial, NuevoUsuario, Usuario } from '../domain/usuario.ts'

export type Ocupado = 'email-en-uso' | 'cedula-en-uso'

/** Who asks: the owner of the account, or an admin, which they must still be when it is done. */
export interface Actor {
  readonly id: string
  readonly como: 'propio' | 'admin'
  /** Of the owner: must still be open, so that a token of before does nothing after a reset. */
  readonly sesionId?: string
}

export interface Edicion {
  readonly id: string
  readonly actor: Actor
  readonly cambios: CambiosUsuario
  readonly direccion: string | null
  /** Whether the caller has seen this version of the account, if that matters to them. */
  readonly admite: (version: number) => boolean
  readonly now: number
}

export type Editado =
  { readonly tipo: 'editado'; readonly usuario: Usuario } | { readonly tipo: RechazoEdicion }

export type RechazoEdicion =
  'no-encontrado' | 'version-distinta' | 'ultimo-admin' | 'sin-permiso' | 'cedula-en-uso'

export interface Borrado {
  readonly id: string
  readonly actorId: string
  readonly direccion: string | null
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
  readonly direccion?: string | null
}

export interface UsuarioStore {
  /** With the mail that asks for a confirmation, where one is due. */
  crear(alta: Alta): Promise<'creado' | Ocupado>
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
  readonly direccion: string | null
  readonly now: number
}

export type Renovada =
  | {
      readonly tipo: 'renovada'
      readonly refreshToken: string
      readonly sesionId: string
      readonly usuarioId: string
      readonly rol: Rol
    }
  | { readonly tipo: 'reutilizado'; readonly sesionId: string; readonly usuarioId: string }
  | { readonly tipo: 'invalido' }

export interface Renovacion {
  readonly token: string
  /** Fresh and random: what the next token is made of, with this one. */
  readonly semilla: string
  readonly direccion: string | null
  readonly now: number
}

export interface CierreSesion {
  readonly usuarioId: string
  readonly id: string
  readonly direccion: string | null
  readonly now: number
}

export interface SesionStore {
  /** Answers false when the user was closed or changed password since `passwordHash` was read. */
  abrir(nueva: NuevaSesion, passwordHash: string, now: number): Promise<boolean>
  /**
   * Uses a refresh token: once. One that was used a moment ago gives what has become of it since; one
   * that was used before that ends its session.
   */
  renovar(renovacion: Renovacion): Promise<Renovada>
  /** Ends the session of a refresh token, known or not, used or not. */
  cerrarPorToken(hash: string, direccion: string | null, now: number): Promise<void>
  abiertas(usuarioId: string, now: number): Promise<Sesion[]>
  /** Ends one of the user's own sessions; false when there is no such open one. */
  cerrar(cierre: CierreSesion): Promise<boolean>
  /** From where the user signed in, open sessions or not; the latest first, a bounded number. */
  direccionesDe(usuarioId: string): Promise<string[]>
  /** Forgets sessions that are long over, a bounded number at a time; answers how many. */
  purgar(now: number): Promise<number>
}

export interface CuentaListada extends CuentaServicio {
  /** Those that are good now, the newest first; instants in milliseconds, null without an end. */
  readonly secretos: readonly { readonly creadoEn: number; readonly caducaEn: number | null }[]
}

export interface CuentaServicioStore {
  /** Creates the account or sets its scopes. */
  registrar(cuenta: CuentaServicio, now: number): Promise<void>
  /**
   * Makes `hash` the account's current secret; the one before it is taken until `solapeHasta`, and
   * older ones no more. A secret that is known already, even if it ran out, stays as it is.
   */
  ponerSecreto(secreto: NuevoSecreto): Promise<'puesto' | 'conocido' | 'caducado'>
  existe(id: string): Promise<boolean>
  listar(now: number): Promise<CuentaListada[]>
  /** Ends the replaced secrets that are still good; answers how many. */
  revocarAnteriores(cuentaId: string, now: number): Promise<number>
  /** The active account that has this secret, valid now. */
  porSecreto(id: string, hash: string, now: number): Promise<CuentaServicio | undefined>
}

export interface NuevoSecreto {
  readonly cuentaId: string
  readonly hash: string
  readonly now: number
  readonly solapeHasta: number
}

export interface FrenoStore {
  /** Counts an attempt on all keys, or on none and answers how long to wait, in milliseconds. */
  intentar(llaves: readonly Llave[], now: number): Promise<number>
  /** Takes an attempt back, or forgets a counter. */
  perdonar(perdon: { olvidar: readonly Llave[]; restar: readonly Llave[] }): Promise<void>
  /** Forgets counters that nobody touched for long, a bounded number at a time; answers how many. */
  purgar(now: number): Promise<number>
}

/** A token by its hash, and the mail that brings it. */
export interface Confirmar {
  readonly hash: string
  readonly correo: NuevoCorreo
}

export interface UsoConfirmacion {
  readonly hash: string
  readonly direccion: string | null
  readonly now: number
}

export interface ConfirmacionStore {
  /** The token that confirms a user's address, and its mail; they take the place of older ones. */
  pedir(confirmar: Confirmar): Promise<void>
  /** Uses the token up and confirms the address; false when it is not good. */
  usar(uso: UsoConfirmacion): Promise<boolean>
  purgar(now: number): Promise<number>
}

export interface FiltroCorreos {
  readonly estado?: CorreoVisto['estado']
  /** Only mails after this id, in the list's order: the newest first. */
  readonly antesDe?: string
  readonly limite: number
}

export interface ResumenCorreos {
  readonly pendientes: number
  /** Of the oldest that is owed, in milliseconds. */
  readonly desde: number | null
  readonly abandonados: number
}

export interface CorreoStore {
  /** The one that is due for longest. */
  siguiente(now: number): Promise<CorreoDebido | undefined>
  /** When the next one is due, in milliseconds. */
  proximoEn(): Promise<number | undefined>
  /** What came of an attempt. With what ends a mail goes its token. */
  anotar(id: string, resultado: ResultadoCorreo, now: number): Promise<void>
  /** Read as it is asked for, by `/readyz` and `/metrics`. */
  resumen(): ResumenCorreos
  /** Up to `limite + 1`, the newest first. */
  listar(filtro: FiltroCorreos): Promise<CorreoVisto[]>
  purgar(now: number): Promise<number>
}

export interface TokenRestablecer extends Confirmar {
  readonly direccion: string | null
}

export interface UsoRestablecer {
  readonly hash: string
  readonly passwordHash: string
  readonly direccion: string | null
  readonly now: number
}

export interface RestablecimientoStore {
  /** The token that a user can set a new password with, and its mail; they replace older ones. */
  poner(nuevo: TokenRestablecer): Promise<void>
  /** Whose token it is, if it is good now and the account is open. */
  titular(hash: string, now: number): Promise<Titular | undefined>
  /** Uses the token up, sets the password and ends every session; false when it is not good. */
  usar(uso: UsoRestablecer): Promise<boolean>
  purgar(now: number): Promise<number>
}

export interface FiltroAuditoria {
  readonly accion?: string
  readonly actorId?: string
  readonly sujetoId?: string
  /** Only lines before this number. */
  readonly antesDe?: number
  readonly limite: number
}

/** An account that was erased: its line of the log, its id, and when, in milliseconds. */
export interface Eliminado {
  readonly numero: number
  readonly id: string
  readonly en: number
}

/** What somebody may be by now; without a role nothing. */
export interface RolActual {
  readonly id: string
  readonly rol: Rol | null
}

export interface AuditoriaStore {
  /** For what changes nothing else; changes write their line themselves. */
  apuntar(apunte: Apunte): Promise<void>
  /** Up to `limite + 1` lines, the latest first. */
  listar(filtro: FiltroAuditoria): Promise<ApunteGuardado[]>
  /** Up to `limite + 1` erased accounts after line `despuesDe`, in the order of their erasure. */
  eliminados(rango: { readonly despuesDe: number; readonly limite: number }): Promise<Eliminado[]>
  /** Whose role was changed, or whose account was closed or erased, from `desde` on. */
  cambiados(desde: number): Promise<RolActual[]>
}

export interface AuthStore {
  readonly auditoria: AuditoriaStore
  readonly correos: CorreoStore
  readonly confirmaciones: ConfirmacionStore
  readonly restablecimientos: RestablecimientoStore
  readonly frenos: FrenoStore
  readonly usuarios: UsuarioStore
  readonly sesiones: SesionStore
  readonly cuentas: CuentaServicioStore
}
