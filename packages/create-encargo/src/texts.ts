import type { Answers, Refusal } from './answers.ts'
import { en } from './texts-en.ts'
import { es } from './texts-es.ts'

/** What the command says in one language. */
export interface Texts {
  readonly help: string
  /** What is asked for, in the order in which it is asked. */
  readonly questions: Readonly<Record<keyof Answers, string>>
  readonly refusals: Readonly<Record<Refusal['why'], (got: string) => string>>
  noFolder(): string
  notEmpty(folder: string): string
  notWritable(folder: string, why: string): string
  badOption(why: string): string
  surplus(typed: string): string
  cancelled(): string
  made(facts: Made): string
}

/** What is said at the end. */
export interface Made {
  readonly folder: string
  readonly correo: string
  /** Of npm, Bun, pnpm or Yarn, whichever called. */
  readonly manager: string
}

const languages = { es, en } satisfies Record<string, Texts>
export type Language = keyof typeof languages

export const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text)

export const textsIn = (language: Language): Texts => languages[language]

/** Spanish for those whose system is in Spanish, else English: `es_EC.UTF-8`, `es-MX`. */
export const languageOf = (locale: string): Language =>
  /^es\b|^es[_-]/i.test(locale) ? 'es' : 'en'
