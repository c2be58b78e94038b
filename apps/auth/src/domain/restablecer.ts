import { claveDeEmail } from '../security/identidades.ts'
import type { Passwords } from '../security/passwords.ts'
import { redDeIntentos } from '../security/red.ts'
import { randomSecret, sha256 } from '../security/secretos.ts'
import type { AuthStore } from '../store/port.ts'
import type { PasswordDebil } from './cuentas.ts'
import { llave } from './frenos.ts'
import type { ReglaPassword } from './regla-password.ts'

/** How long a token to set a new password is good, in milliseconds. */
export const tokenRestablecerMs = 30 * 60 * 1000

/** What the owner of an account is to be sent. */
export interface AvisoRestablecer {
  readonly email: string
  readonly nombre: string
  readonly token: string
}

export interface RestablecerDeps {
  readonly store: AuthStore
  readonly passwords: Pick<Passwords, 'hash'>
  readonly regla: ReglaPassword
  readonly avisar: (aviso: AvisoRestablecer) => Promise<void>
  readonly now: () => Date
}

export type Restablecida = PasswordDebil | { readonly tipo: 'restablecida' | 'token-invalido' }

/** Setting a forgotten password anew with a token that is sent by mail and works once. */
export function createRestablecer({ store, passwords, regla, avisar, now }: RestablecerDeps) {
  const milliseconds = () => now().getTime()

  return {
    /** Sends a token to the owner of an account; nothing to anybody else, and not too often. */
    async pedir(email: string, direccion: string | null): Promise<void> {
      const emailClave = claveDeEmail(email)
      const red = redDeIntentos(direccion)
      const llaves = [llave('correo-red', red), llave('correo-cuenta', emailClave)]
      if ((await store.frenos.intentar(llaves, milliseconds())) > 0) return
      const found = await store.usuarios.credencialPorEmail(emailClave)
      if (!found?.activo) return
      const token = randomSecret()
      const caducaEn = milliseconds() + tokenRestablecerMs
      const puesto = { usuarioId: found.id, hash: sha256(token), caducaEn }
      await store.restablecimientos.poner({ ...puesto, direccion, now: milliseconds() })
      await avisar({ email: found.email, nombre: found.nombre, token })
    },

    /** @throws QueueFullError when too many passwords wait to be hashed */
    async restablecer(pedido: {
      token: string
      nueva: string
      direccion: string | null
    }): Promise<Restablecida> {
      const { token, nueva, direccion } = pedido
      const hash = sha256(token)
      const titular = await store.restablecimientos.titular(hash, milliseconds())
      if (!titular) return { tipo: 'token-invalido' }
      const motivo = await regla(nueva, titular)
      if (motivo) return { tipo: 'password-debil', motivo }
      const passwordHash = await passwords.hash(nueva)
      const used = { hash, passwordHash, direccion, now: milliseconds() }
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
