import { redDeIntentos } from '../security/red.ts'
import { sha256 } from '../security/secretos.ts'
import type { AuthStore } from '../store/port.ts'

/** What is known of the wrong guesses behind one key; instants in milliseconds. */
export interface Freno {
  readonly fallos: number
  readonly hastaEn: number
  readonly ultimoEn: number
}

/** After `libres` attempts each one waits twice as long as the one before it, up to `maximoMs`. */
export interface Politica {
  readonly libres: number
  readonly maximoMs: number
}

const minuteMs = 60_000
const firstWaitMs = 1_000
/** A key that nobody tried for this long starts afresh, in milliseconds. */
export const olvidoMs = 60 * minuteMs

export const politicas = {
  /** Guessing at one account from one network. */
  'cuenta-red': { libres: 10, maximoMs: 15 * minuteMs },
  /**
   * Trying one password on many accounts. An office shares an address, hence the larger number;
   * and whoever signed in from there before is not held up by a neighbour who guesses.
   */
  red: { libres: 100, maximoMs: 15 * minuteMs },
  /**
   * Guessing at one account from many networks. It brakes only networks that the account was never
   * used from, and shortly: a stranger must not be able to lock the owner out.
   */
  cuenta: { libres: 50, maximoMs: minuteMs },
  /** Lines in the log on wrong secrets of a service account. Those are too long to guess, so no wait. */
  servicio: { libres: 10, maximoMs: 15 * minuteMs },
  /** Asking for mails: to one address, and from one network. */
  'correo-cuenta': { libres: 3, maximoMs: 60 * minuteMs },
  'correo-red': { libres: 20, maximoMs: 60 * minuteMs },
} as const satisfies Record<string, Politica>

/** One counter: its key is a hash, so that no address or e-mail is stored. */
export interface Llave {
  readonly clave: string
  readonly politica: Politica
}

export function llave(tipo: keyof typeof politicas, ...partes: string[]): Llave {
  return { clave: sha256(JSON.stringify([tipo, ...partes])), politica: politicas[tipo] }
}

/** How long an attempt must wait, in milliseconds; never longer than the policy, whatever the clock did. */
export function esperaMs(freno: Freno | undefined, { maximoMs }: Politica, now: number): number {
  return freno ? Math.min(Math.max(0, freno.hastaEn - now), maximoMs) : 0
}

/** The counter after one more attempt, which counts as wrong until it is shown to be right. */
export function contar(freno: Freno | undefined, politica: Politica, now: number): Freno {
  const fresh = freno === undefined || now - freno.ultimoEn > olvidoMs
  const fallos = (fresh ? 0 : freno.fallos) + 1
  const beyond = fallos - politica.libres
  const waitMs = beyond <= 0 ? 0 : Math.min(firstWaitMs * 2 ** (beyond - 1), politica.maximoMs)
  return { fallos, hastaEn: now + waitMs, ultimoEn: now }
}

export type Intento =
  | { readonly permitido: false; readonly esperaMs: number }
  | {
      readonly permitido: true
      /** It was right: the guesses at this account from this network are forgiven. */
      acertar(): Promise<void>
      /** It was neither: the machine had no time for it. */
      retirar(): Promise<void>
    }

export interface Sospecha {
  readonly emailClave: string
  readonly direccion: string | null
  /** Empty for an e-mail that nobody has: the same work is done for it. */
  readonly usuarioId: string
}

/** Brakes on guessing passwords. Attempts are counted before they are tried: a burst cannot slip by. */
export function createFrenos(
  store: Pick<AuthStore, 'frenos' | 'sesiones' | 'auditoria' | 'cuentas'>,
  now: () => Date,
) {
  return {
    async intentar({ emailClave, direccion, usuarioId }: Sospecha): Promise<Intento> {
      const red = redDeIntentos(direccion)
      const used = await store.sesiones.direccionesDe(usuarioId)
      const known = direccion !== null && used.some((one) => redDeIntentos(one) === red)
      const propia = llave('cuenta-red', emailClave, red)
      const ajenas = known ? [] : [llave('red', red), llave('cuenta', emailClave)]
      const wait = await store.frenos.intentar([propia, ...ajenas], now().getTime())
      if (wait > 0) return { permitido: false, esperaMs: wait }
      return {
        permitido: true,
        acertar: () => store.frenos.perdonar({ olvidar: [propia], restar: ajenas }),
        retirar: () => store.frenos.perdonar({ olvidar: [], restar: [propia, ...ajenas] }),
      }
    },

    /** Puts a wrong secret of a service account into the log; ever more rarely, as the log has no end. */
    async apuntarRechazo(cuentaId: string, direccion: string | null): Promise<void> {
      const en = now().getTime()
      const red = redDeIntentos(direccion)
      if ((await store.frenos.intentar([llave('servicio', red)], en)) > 0) return
      // What is no account may be anything, a person's e-mail too, so it is not written down.
      const sujetoId = (await store.cuentas.existe(cuentaId)) ? cuentaId : null
      const who = { actorId: null, sujetoId, direccion }
      await store.auditoria.apuntar({ en, accion: 'servicio-rechazado', ...who })
    },
  }
}

export type Frenos = ReturnType<typeof createFrenos>
