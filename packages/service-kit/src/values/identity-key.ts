/** What nobody sees: of no width, turning the direction of writing, or meant for machines. */
const invisible = /\p{Default_Ignorable_Code_Point}|[\u{fff9}-\u{fffb}]/gu
/** But for what shapes the letters beside it, or makes one sign of two: Persian and emoji need it. */
const needless = new RegExp(
  `(?!\\p{Join_Control}|\\p{Variation_Selector})(?:${invisible.source})`,
  'gu',
)
/** The same of the basic plane, for the patterns of JSON Schema, which know no properties of letters. */
export const invisibles =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb'

/**
 * A text as it is kept, whatever it was copied from: one Unicode form (NFC), no space around it and
 * nothing that a reader can't see, or that turns round what stands beside it. An e-mail from a
 * directory, a name from a web page and the same ones typed by hand become the same text.
 */
export function textoLimpio(text: string): string {
  return text.replace(needless, '').normalize('NFC').trim()
}

/**
 * One letter as it is compared (Unicode, full case folding). There and back, as some have a capital
 * of two letters and others two small forms: ẞ, ß and SS are `ss`, Σ, σ and ς are `σ`. Alone,
 * because JavaScript minds what stands beside a sigma. The dotless ı is a letter of its own.
 */
function folded(letter: string): string {
  return letter === 'ı' ? letter : letter.toLowerCase().toUpperCase().toLowerCase()
}

const plain = /^[\u0021-\u007e]*$/

/**
 * What tells two e-mails, SKUs, identity numbers or names apart: equal keys are one thing. Accents
 * count; how they were typed (NFC or NFD), case in any script, invisible characters, and how many
 * spaces of which kind stand between words, don't.
 */
export function claveDeIdentidad(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  const visible = text.replace(invisible, '').normalize('NFD')
  return Array.from(visible, folded).join('').normalize('NFC').trim().replace(/\s+/g, ' ')
}
