import type { Background } from '@encargo/service-kit/async/background'
import type { Clock } from '@encargo/service-kit/async/clock'
import { claveDeEmail } from '../domain/identidades.ts'
import { redDeIntentos } from '../domain/red.ts'
import { sha256 } from '../domain/secretos.ts'
import type { Passwords } from '../ports/seguridad.ts'
import type { AuthStore } from '../ports/store.ts'
import { nuevoToken } from './confirmar.ts'
import type { PasswordDebil } from './cuentas.ts'
import { llave } from './frenos.ts'
import type { ReglaPassword } from './regla-password.ts'

export interface RestablecerDeps {
  readonly store: AuthStore
  readonly passwords: Pick<Passwords, 'hash'>
  readonly regla: ReglaPassword
  readonly background: Background
  readonly clock: Clock
  readonly uuid: () => string
  /** Tells that a mail is owed, so that nobody waits for the next look. */
  readonly correoDebido: () => void
}

export type Restablecida = PasswordDebil | { readonly tipo: 'restablecida' | 'token-invalido' }

/** Setting a forgotten password anew with a token that is sent by mail and works once. */
export function createRestablecer(deps: RestablecerDeps) {
  const { store, passwords, regla, background, clock, uuid, correoDebido } = deps

  /** Owes a token to the owner of an account; nothing to anybody else, and not too often. */
  async function deber(email: string, direccion: string | undefined): Promise<void> {
    const emailClave = claveDeEmail(email)
    const red = redDeIntentos(direccion)
    const llaves = [llave('correo-red', red), llave('correo-cuenta', emailClave)]
    if ((await store.frenos.intentar(llaves, clock.epochMs())) > 0) return
    const found = await store.usuarios.credencialPorEmail(emailClave)
    if (!found?.activo) return
    // Who was invited to the staff comes by the invitation, for as long as that is good.
    if (found.passwordHash === null && found.rol !== 'cliente') return
    const token = nuevoToken('restablecer', found.id, { uuid, creadoEn: clock.epochMs() })
    await store.restablecimientos.poner({ ...token, direccion })
    correoDebido()
  }

  return {
    /** Apart from the answer: neither its content nor its time tells whether there is an account. */
    pedir: (email: string, direccion: string | undefined): void =>
      background.run('password reset mail', () => deber(email, direccion)),

    /** @throws QueueFullError when too many passwords wait to be hashed */
    async restablecer(pedido: {
      token: string
      nueva: string
      direccion: string | undefined
    }): Promise<Restablecida> {
      const { token, nueva, direccion } = pedido
      const hash = sha256(token)
      const titular = await store.restablecimientos.titular(hash, clock.epochMs())
      if (!titular) return { tipo: 'token-invalido' }
      const motivo = await regla(nueva, titular)
      if (motivo) return { tipo: 'password-debil', motivo }
      const passwordHash = await passwords.hash(nueva)
      const used = { hash, passwordHash, direccion, now: clock.epochMs() }
      if (!(await store.restablecimientos.usar(used))) return { tipo: 'token-invalido' }
      // Whoever reads the mail is the owner, so what strangers guessed no longer holds them up.
      const emailClave = claveDeEmail(titular.email)
      const red = redDeIntentos(direccion)
      const olvidar = [llave('cuenta-red', emailClave, red), llave('cuenta', emailClave)]
      await store.frenos.perdonar({ olvidar, restar: [] })
      return { tipo: 'restablecida' }
    },
  }
}

export type Restablecer = ReturnType<typeof createRestablecer>
