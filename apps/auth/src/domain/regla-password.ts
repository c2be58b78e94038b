/** Whose password it is to be. */
export interface Titular {
  readonly email: string
  readonly nombre: string
}

/** What an installation's first admin is called until they say otherwise. */
export const nombrePrimerAdmin = 'Administración'

/** How hard a password is to guess. */
export interface Estimacion {
  /** zxcvbn's: 0 is guessed at once, 4 practically never. */
  readonly score: number
  /** The kinds of words that it is made of, as the packs name them, and `userInputs`. */
  readonly dictionaries: readonly string[]
}

export type MotivoDebil = 'personal' | 'comun' | 'facil'

/** Below this score of zxcvbn a password falls to fewer than a million guesses. */
const leastScore = 2

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '')
}

/** The texts that somebody who knows the owner tries first. */
export function textosPersonales({ email, nombre }: Titular): string[] {
  const parts = [email, ...email.split('@'), ...email.split(/[^\p{L}\p{N}]+/u)]
  const words = nombre.split(/[^\p{L}\p{N}]+/u)
  const texts = [...parts, nombre, ...words, words.join(''), words.toReversed().join('')]
  const all = texts.flatMap((one) => [one, withoutAccents(one)])
  return [...new Set(all.map((one) => one.toLowerCase()))].filter((one) => one.length > 2)
}

/** Why a password must not be taken, if so. */
export function motivoDebil({ score, dictionaries }: Estimacion): MotivoDebil | undefined {
  if (score >= leastScore) return undefined
  if (dictionaries.includes('userInputs')) return 'personal'
  return dictionaries.some((name) => name.startsWith('passwords')) ? 'comun' : 'facil'
}
