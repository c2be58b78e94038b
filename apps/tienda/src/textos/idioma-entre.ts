import type { Idioma } from './tipo.ts'

/** Of the languages that somebody reads, the best liked first, the first that there is; else `propio`. */
export function idiomaEntre(lenguas: readonly string[], propio: Idioma): Idioma {
  for (const lengua of lenguas) {
    const [base] = lengua.toLowerCase().split('-')
    if (base === 'es' || base === 'en') return base
  }
  return propio
}
