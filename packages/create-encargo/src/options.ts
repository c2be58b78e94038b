import { parseArgs } from 'node:util'
import type { Answers } from './answers.ts'
import { isLanguage, type Language } from './texts.ts'

/** What the command line says. */
export interface Options {
  readonly given: Partial<Answers>
  readonly language: Language | undefined
  readonly yes: boolean
  readonly asks: 'help' | 'version' | undefined
}

/** The command line makes no sense; the message says why. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

/** More names than a folder's, mostly the values of options that npm took for its own. */
export class SurplusName extends OptionError {
  readonly typed: string

  constructor(typed: string) {
    super(`"${typed}" means nothing`)
    this.typed = typed
  }
}

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const known = {
  nombre: text,
  moneda: text,
  zona: text,
  correo: text,
  idioma: text,
  yes: { ...flag, short: 'y' },
  version: flag,
  help: { ...flag, short: 'h' },
} as const

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new OptionError(sentence)
  }
}

/** Without those that were not given. */
const present = (answers: { [K in keyof Answers]?: Answers[K] | undefined }): Partial<Answers> =>
  Object.fromEntries(Object.entries(answers).filter(([, one]) => one !== undefined))

/** @throws OptionError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args)
  const [folder, more] = positionals
  if (more !== undefined) throw new SurplusName(more)
  const { idioma, nombre, moneda, zona, correo } = values
  if (idioma !== undefined && !isLanguage(idioma))
    throw new OptionError(`--idioma is es or en, not "${idioma}"`)
  return {
    given: present({ folder, nombre, moneda: moneda?.toUpperCase(), zona, correo }),
    language: idioma,
    yes: values.yes,
    asks: values.help ? 'help' : values.version ? 'version' : undefined,
  }
}
