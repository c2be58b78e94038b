import { redDeIntentos } from '../security/red.ts'
import { randomSecret, sha256 } from '../security/secretos.ts'
import type { AuthStore, Confirmar } from '../store/port.ts'
import { type TipoCorreo, vigenciaMs } from './correo.ts'
import { llave } from './frenos.ts'
import type { Usuario } from './usuario.ts'

export interface ConfirmarDeps {
  readonly store: Pick<AuthStore, 'frenos' | 'confirmaciones'>
  readonly now: () => Date
  readonly newId: () => string
  /** Tells that a mail is owed, so that nobody waits for the next look. */
  readonly correoDebido: () => void
}

/** A secret for the owner of an address, of which only the hash is kept once its mail is gone. */
export function nuevoToken(
  tipo: TipoCorreo,
  usuarioId: string,
  { newId, now }: { newId: () => string; now: Date },
): Confirmar {
  const creadoEn = now.getTime()
  const token = randomSecret()
  const caducaEn = creadoEn + vigenciaMs[tipo]
  return {
    hash: sha256(token),
    correo: { id: newId(), tipo, usuarioId, token, creadoEn, caducaEn },
  }
}

export type Pedida =
  | { readonly tipo: 'enviada' | 'ya-confirmado' }
  | { readonly tipo: 'demasiados-intentos'; readonly esperaMs: number }

/** Showing that an address is one's own, with a token that is sent there and works once. */
export function createConfirmar({ store, now, newId, correoDebido }: ConfirmarDeps) {
  return {
    /** Sends the mail anew; not too often, to one account and from one network. */
    async pedir({ id, emailConfirmadoEn }: Usuario, direccion: string | null): Promise<Pedida> {
      if (emailConfirmadoEn !== null) return { tipo: 'ya-confirmado' }
      const llaves = [llave('correo-red', redDeIntentos(direccion)), llave('correo-cuenta', id)]
      const esperaMs = await store.frenos.intentar(llaves, now().getTime())
      if (esperaMs > 0) return { tipo: 'demasiados-intentos', esperaMs }
      await store.confirmaciones.pedir(nuevoToken('confirmar', id, { newId, now: now() }))
      correoDebido()
      return { tipo: 'enviada' }
    },

    /** False when the token is not good. */
    confirmar: (token: string, direccion: string | null): Promise<boolean> =>
      store.confirmaciones.usar({ hash: sha256(token), direccion, now: now().getTime() }),
  }
}

export type ConfirmarEmail = ReturnType<typeof createConfirmar>
