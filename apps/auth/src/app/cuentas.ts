import type { Clock } from '@encargo/service-kit/async/clock'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { claveDeEmail } from '../domain/identidades.ts'
import type { Passwords } from '../ports/seguridad.ts'
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

/** Opening accounts and changing their passwords. */
export function createCuentas(deps: CuentasDeps) {
  const { store, passwords, regla, frenos, clock, uuid, correoDebido } = deps

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
      const { passwordHash, ...datos } = await prepare(registro, 'cliente')
      const creadoEn = clock.epochMs()
      const confirmar = nuevoToken('confirmar', datos.id, { uuid, creadoEn })
      const nuevo = { ...datos, passwordHash }
      const tipo = await store.usuarios.crear({ nuevo, confirmar, now: creadoEn, direccion })
      if (tipo !== 'creado') return { tipo }
      correoDebido()
      return { tipo, usuario: { ...datos, activo: true, version: 1, creadoEn } }
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
      if (!found?.activo) return { tipo: 'sin-cuenta' }
      const emailClave = claveDeEmail(found.email)
      const intento = await frenos.intentar({ emailClave, direccion })
      if (!intento.permitido) return { tipo: 'demasiados-intentos', esperaMs: intento.esperaMs }
      const wrong = { tipo: 'credenciales-invalidas' } as const
      if (!(await passwords.verify(actual, found.passwordHash))) return wrong
      await intento.acertar()
      const motivo = await regla(nueva, found)
      if (motivo) return { tipo: 'password-debil', motivo }
      const nuevo = await passwords.hash(nueva)
      const anterior = found.passwordHash
      const change = { id, anterior, nuevo, salvoSesion, direccion, now: clock.epochMs() }
      // Somebody else changed it in the meantime, so what was given is no longer the current one.
      return (await store.usuarios.cambiarPassword(change)) ? { tipo: 'cambiada' } : wrong
    },
  }
}

export type Cuentas = ReturnType<typeof createCuentas>
