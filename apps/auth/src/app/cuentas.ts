import type { Clock } from '@encargo/service-kit/async/clock'
import { guestLifeSeconds } from '@encargo/service-kit/identity/key-cache'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { claveDeEmail } from '../domain/identidades.ts'
import type { FirmarToken, Passwords } from '../ports/seguridad.ts'
import type { AuthStore } from '../ports/store.ts'
import type { Ocupado } from '../ports/usuarios.ts'
import type { DemasiadosIntentos } from './acceso.ts'
import { nuevoToken } from './confirmar.ts'
import type { Frenos } from './frenos.ts'
import { type MotivoDebil, nombrePrimerAdmin } from '../domain/regla-password.ts'
import type { ReglaPassword } from './regla-password.ts'
import type { NuevoUsuario, Usuario } from '../domain/usuario.ts'

export interface CuentasDeps {
  readonly store: AuthStore
  readonly passwords: Pick<Passwords, 'hash' | 'verify'>
  readonly regla: ReglaPassword
  readonly frenos: Frenos
  readonly firmar: FirmarToken
  readonly clock: Clock
  readonly uuid: () => string
  /** Tells that a mail is owed, so that nobody waits for the next look. */
  readonly correoDebido: () => void
}

export interface Registro {
  readonly email: string
  readonly password: string
  readonly nombre: string
  readonly cedula?: string
  readonly telefono?: string
}

export type Invitado = Pick<Registro, 'email' | 'nombre' | 'telefono'>

export interface TokenDeInvitado {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
}

/** A password that is too easy to guess, and why. */
export interface PasswordDebil {
  readonly tipo: 'password-debil'
  readonly motivo: MotivoDebil
}

export type Registrado =
  | PasswordDebil
  | { readonly tipo: 'creado'; readonly usuario: Usuario }
  | { readonly tipo: Ocupado }

export interface PedidoCambioPassword {
  readonly id: string
  readonly sesionId: string | undefined
  readonly direccion: string | undefined
  readonly actual: string
  readonly nueva: string
}

export type CambioDePassword =
  | PasswordDebil
  | DemasiadosIntentos
  | { readonly tipo: 'cambiada' | 'credenciales-invalidas' | 'sin-cuenta' }

/** Somebody who was written down a moment ago. */
export function recien({
  passwordHash,
  invitado,
  ...datos
}: NuevoUsuario): Omit<Usuario, 'creadoEn'> {
  const es = { invitado: invitado === true, conPassword: passwordHash !== null }
  return { ...datos, ...es, activo: true, version: 1 }
}

/** Opening accounts and changing their passwords. */
export function createCuentas(deps: CuentasDeps) {
  const { store, passwords, regla, frenos, firmar, clock, uuid, correoDebido } = deps

  async function prepare(registro: Registro, rol: Rol): Promise<NuevoUsuario> {
    const { email, nombre, cedula = null, telefono = null } = registro
    const passwordHash = await passwords.hash(registro.password)
    // Who sets an installation up vouches for its first admin.
    const emailConfirmadoEn = rol === 'admin' ? clock.epochMs() : null
    const datos = { id: uuid(), email, nombre, cedula, telefono }
    return { ...datos, rol, emailConfirmadoEn, passwordHash }
  }

  return {
    /** @throws QueueFullError when too many passwords wait to be hashed */
    async registrar(registro: Registro, direccion: string | undefined): Promise<Registrado> {
      const motivo = await regla(registro.password, registro)
      if (motivo) return { tipo: 'password-debil', motivo }
      const nuevo = await prepare(registro, 'cliente')
      const creadoEn = clock.epochMs()
      const confirmar = nuevoToken('confirmar', nuevo.id, { uuid, creadoEn })
      const tipo = await store.usuarios.crear({ nuevo, confirmar, now: creadoEn, direccion })
      if (tipo !== 'creado') return { tipo }
      correoDebido()
      return { tipo, usuario: { ...recien(nuevo), creadoEn } }
    },

    /** Somebody who buys without an account. Whose address it is nobody asks, so the answer tells nothing. */
    async recibirInvitado(
      datos: Invitado,
      direccion: string | undefined,
    ): Promise<TokenDeInvitado> {
      const { email, nombre, telefono = null } = datos
      const id = uuid()
      const nadie = {
        cedula: null,
        rol: 'cliente',
        emailConfirmadoEn: null,
        passwordHash: null,
      } as const
      const nuevo = { id, email, nombre, telefono, ...nadie, invitado: true } as const
      const tipo = await store.usuarios.crear({ nuevo, now: clock.epochMs(), direccion })
      if (tipo !== 'creado') throw new Error(`a guest was compared with others: ${tipo}`)
      return {
        accessToken: await firmar({ tipo: 'invitado', id }),
        expiresIn: guestLifeSeconds,
      }
    },

    /** Creates the installation's first admin unless it has one; without credentials, one is missing. */
    async asegurarAdmin(credenciales: { email: string; password: string } | undefined) {
      if (await store.usuarios.hayAdmin()) return 'ya-hay'
      if (!credenciales) return 'falta'
      const registro = { ...credenciales, nombre: nombrePrimerAdmin }
      if (await regla(registro.password, registro)) return 'password-debil'
      const nuevo = await prepare(registro, 'admin')
      return await store.usuarios.crearPrimerAdmin(nuevo, clock.epochMs())
    },

    /** @throws QueueFullError when too many passwords wait to be hashed */
    async cambiarPassword(pedido: PedidoCambioPassword): Promise<CambioDePassword> {
      const { id, sesionId: salvoSesion, direccion, actual, nueva } = pedido
      const found = await store.usuarios.credencialPorId(id)
      if (!found?.activo || !found.passwordHash) return { tipo: 'sin-cuenta' }
      const anterior = found.passwordHash
      const emailClave = claveDeEmail(found.email)
      const intento = await frenos.intentar({ emailClave, direccion })
      if (!intento.permitido) return { tipo: 'demasiados-intentos', esperaMs: intento.esperaMs }
      const wrong = { tipo: 'credenciales-invalidas' } as const
      if (!(await passwords.verify(actual, anterior))) return wrong
      await intento.acertar()
      const motivo = await regla(nueva, found)
      if (motivo) return { tipo: 'password-debil', motivo }
      const nuevo = await passwords.hash(nueva)
      const change = { id, anterior, nuevo, salvoSesion, direccion, now: clock.epochMs() }
      // Somebody else changed it in the meantime, so what was given is no longer the current one.
      return (await store.usuarios.cambiarPassword(change)) ? { tipo: 'cambiada' } : wrong
    },
  }
}

export type Cuentas = ReturnType<typeof createCuentas>
