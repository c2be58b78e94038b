import type { Clock } from '@encargo/service-kit/async/clock'
import { randomSecret } from '@encargo/service-kit/identity/service-accounts'
import { redDeIntentos } from '../domain/red.ts'
import { sha256 } from '../domain/secretos.ts'
import type { AuthStore } from '../ports/store.ts'
import type { Confirmar } from '../ports/usuarios.ts'
import { type TipoCorreo, vigenciaMs } from '../domain/correo.ts'
import { llave } from './frenos.ts'

export interface ConfirmarDeps {
  readonly store: Pick<AuthStore, 'usuarios' | 'frenos' | 'confirmaciones'>
  readonly clock: Clock
  readonly uuid: () => string
  /** Tells that a mail is owed, so that nobody waits for the next look. */
  readonly correoDebido: () => void
}

/** A secret for the owner of an address, of which only the hash is kept once its mail is gone. */
export function nuevoToken(
  tipo: TipoCorreo,
  usuarioId: string,
  { uuid, creadoEn }: { uuid: () => string; creadoEn: number },
): Confirmar {
  const token = randomSecret()
  const caducaEn = creadoEn + vigenciaMs[tipo]
  return {
    hash: sha256(token),
    correo: { id: uuid(), tipo, usuarioId, token, creadoEn, caducaEn },
  }
}

export type Pedida =
  | { readonly tipo: 'enviada' | 'ya-confirmado' | 'sin-cuenta' }
  | { readonly tipo: 'demasiados-intentos'; readonly esperaMs: number }

/** Showing that an address is one's own, with a token that is sent there and works once. */
export function createConfirmar({ store, clock, uuid, correoDebido }: ConfirmarDeps) {
  return {
    /** Sends the mail anew; not too often, to one account and from one network. */
    async pedir(id: string, direccion: string | undefined): Promise<Pedida> {
      const usuario = await store.usuarios.porId(id)
      if (!usuario?.activo) return { tipo: 'sin-cuenta' }
      if (usuario.emailConfirmadoEn !== null) return { tipo: 'ya-confirmado' }
      const llaves = [llave('correo-red', redDeIntentos(direccion)), llave('correo-cuenta', id)]
      const esperaMs = await store.frenos.intentar(llaves, clock.epochMs())
      if (esperaMs > 0) return { tipo: 'demasiados-intentos', esperaMs }
      await store.confirmaciones.pedir(
        nuevoToken('confirmar', id, { uuid, creadoEn: clock.epochMs() }),
      )
      correoDebido()
      return { tipo: 'enviada' }
    },

    /** False when the token is not good. */
    confirmar: (token: string, direccion: string | undefined): Promise<boolean> =>
      store.confirmaciones.usar({ hash: sha256(token), direccion, now: clock.epochMs() }),
  }
}

export type ConfirmarEmail = ReturnType<typeof createConfirmar>
