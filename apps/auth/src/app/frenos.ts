import type { Clock } from '@encargo/service-kit/async/clock'
import { type Llave, politicas } from '../domain/frenos.ts'
import { redDeIntentos } from '../domain/red.ts'
import type { Perdon } from '../ports/sesiones.ts'
import type { AuthStore } from '../ports/store.ts'
import { sha256 } from '../domain/secretos.ts'

/** The counter of a policy for whatever `partes` name. */
export function llave(tipo: keyof typeof politicas, ...partes: string[]): Llave {
  return { clave: sha256(JSON.stringify([tipo, ...partes])), politica: politicas[tipo] }
}

export type Intento =
  | { readonly permitido: false; readonly esperaMs: number }
  | {
      readonly permitido: true
      /** It was right: the guesses at this account from this network are forgiven. */
      acertar(): Promise<void>
      /** What that comes to, to be part of a write. */
      readonly perdon: Perdon
      /** It was neither: the machine had no time for it. */
      retirar(): Promise<void>
    }

export interface Sospecha {
  readonly emailClave: string
  readonly direccion: string | undefined
}

/** Brakes on guessing passwords. Attempts are counted before they are tried: a burst cannot slip by. */
export function createFrenos(
  store: Pick<AuthStore, 'frenos' | 'sesiones' | 'auditoria' | 'cuentas'>,
  clock: Clock,
) {
  return {
    async intentar({ emailClave, direccion }: Sospecha): Promise<Intento> {
      const red = redDeIntentos(direccion)
      const used = await store.sesiones.direccionesDe(emailClave)
      const known = direccion !== null && used.some((one) => redDeIntentos(one) === red)
      const propia = llave('cuenta-red', emailClave, red)
      const ajenas = known ? [] : [llave('red', red), llave('cuenta', emailClave)]
      const wait = await store.frenos.intentar([propia, ...ajenas], clock.epochMs())
      if (wait > 0) return { permitido: false, esperaMs: wait }
      const perdon = { olvidar: [propia], restar: ajenas }
      return {
        permitido: true,
        perdon,
        acertar: () => store.frenos.perdonar(perdon),
        retirar: () => store.frenos.perdonar({ olvidar: [], restar: [propia, ...ajenas] }),
      }
    },

    /** Puts a wrong secret of a service account into the log; ever more rarely, as the log has no end. */
    async apuntarRechazo(cuentaId: string, direccion: string | undefined): Promise<void> {
      const en = clock.epochMs()
      const red = redDeIntentos(direccion)
      if ((await store.frenos.intentar([llave('servicio', red)], en)) > 0) return
      // What is no account may be anything, a person's e-mail too, so it is not written down.
      const sujetoId = (await store.cuentas.existe(cuentaId)) ? cuentaId : undefined
      const who = { sujetoId, direccion }
      await store.auditoria.apuntar({ en, accion: 'servicio-rechazado', ...who })
    },
  }
}

export type Frenos = ReturnType<typeof createFrenos>
