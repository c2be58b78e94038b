import { type Answers, nameFor, packageName, refusalOf } from './answers.ts'
import type { Texts } from './texts.ts'

/** Asks a person one thing; what they leave empty is `byDefault`. */
export type Ask = (question: string, byDefault: string) => Promise<string>

/** What holds where nobody says anything. */
const defaults: Readonly<Record<keyof Answers, (known: Partial<Answers>) => string>> = {
  folder: () => '',
  nombre: ({ folder = '' }) => nameFor(folder),
  moneda: () => 'USD',
  zona: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  correo: ({ folder = '' }) => `admin@${packageName(folder)}.example`,
}

const order = ['folder', 'nombre', 'moneda', 'zona', 'correo'] as const

async function askUntilGood(
  key: keyof Answers,
  byDefault: string,
  ask: Ask,
  say: (line: string) => void,
  texts: Texts,
) {
  for (;;) {
    const typed = (await ask(texts.questions[key], byDefault)).trim() || byDefault
    const text = key === 'moneda' ? typed.toUpperCase() : typed
    const refusal = refusalOf(key, text)
    if (refusal === undefined) return text
    say(texts.refusals[refusal.why](refusal.got))
  }
}

/**
 * What was given, and the rest asked for or, without `ask`, by default. The folder has no default: it is
 * empty if nobody says it.
 */
export async function collect(
  given: Partial<Answers>,
  texts: Texts,
  say: (line: string) => void,
  ask?: Ask,
): Promise<Answers> {
  const known: { -readonly [K in keyof Answers]?: string } = { ...given }
  for (const key of order) {
    if (known[key] !== undefined) continue
    const byDefault = defaults[key](known)
    known[key] = ask ? await askUntilGood(key, byDefault, ask, say, texts) : byDefault
  }
  return known as Answers
}
