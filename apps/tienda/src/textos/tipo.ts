import type { es } from './es.ts'

/** Every text of the shop window; a language that lacks one does not compile. */
export type Textos = typeof es
export type Idioma = 'es' | 'en'
