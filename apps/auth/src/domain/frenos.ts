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
