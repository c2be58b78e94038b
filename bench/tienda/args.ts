import { UsageError, type Values, wholeNumber } from '../../scripts/lib/command-line.ts'
import { commonHelp, commonOptions, type Settings } from '../harness.ts'

export const help = `Usage: bun run bench:tienda [options]

What the shop window takes of a visitor's patience: real processes in production mode, a catalogue
of 10,000 products, a real browser that comes for the first time each time.

  script      KiB of script on the first visit of the catalogue, as sent
  paint       largest contentful paint of catalogue, product and checkout
  input       the worst wait from an input to the paint after it, on each of them
  lighthouse  performance, accessibility and best practices, by Lighthouse's telephone

Paint and input are measured with the processor slowed down (Chromium's own throttle), next to a
page with one line of text in the same round: where that one is slow, the machine was. Any limit
that is not kept is said, and the exit code is 1.

Options
  --only LIST          of script, paint, lighthouse (paint includes input); default all
  --rounds N           of paint and input, default 5
  --runs N             of Lighthouse for each page, default 3
  --products N         in the catalogue, default 10000
  --slowdown N         default 4
${commonHelp}

Needs Chromium (apt-get install chromium, or CHROMIUM_PATH). Lighthouse is fetched from the npm
registry when it is asked for; it is none of the project's dependencies.`

export const parts = ['script', 'paint', 'lighthouse'] as const
export type Part = (typeof parts)[number]

export interface TiendaOptions extends Settings {
  readonly parts: readonly Part[]
  readonly rounds: number
  readonly runs: number
  readonly products: number
  readonly slowdown: number
}

export const tiendaOptions = {
  only: { type: 'string', default: parts.join(',') },
  rounds: { type: 'string', default: '5' },
  runs: { type: 'string', default: '3' },
  products: { type: 'string', default: '10000' },
  slowdown: { type: 'string', default: '4' },
  ...commonOptions,
} as const

function partsIn(text: string): Part[] {
  const named = text.split(',').map((one) => one.trim())
  const unknown = named.find((one) => !parts.some((part) => part === one))
  if (unknown === undefined) return parts.filter((part) => named.includes(part))
  throw new UsageError(`--only takes ${parts.join(', ')}, got ${JSON.stringify(unknown)}`)
}

/** @throws UsageError that names the option and prints what arrived */
export const chooseTienda = (values: Values<typeof tiendaOptions>): TiendaOptions => ({
  json: values.json,
  dir: values.dir,
  keep: values.keep,
  parts: partsIn(values.only),
  rounds: wholeNumber('--rounds', values.rounds, 1, 100),
  runs: wholeNumber('--runs', values.runs, 1, 100),
  // Fewer would not fill the pages that are turned.
  products: wholeNumber('--products', values.products, 1, 1_000_000),
  slowdown: wholeNumber('--slowdown', values.slowdown, 1, 20),
})
