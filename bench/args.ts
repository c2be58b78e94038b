import { parseArgs } from 'node:util'
import { type KeyKind, keyKinds } from './load/job.ts'

export const help = `Usage: bun run bench [what...] [options]

Measures the system as production processes over real HTTP on this machine, next to the floor: a
bare pipeline of the same shape (bench/floor). The machine should have nothing else to do.

What (default: --purchases)
  --purchases          purchases per second, p50, p99, memory and CPU, system and floor in turns
  --hot                one product, 10,000 buyers, 1,000 units: exactly 1,000 must be sold
  --overload           twice the load that the system can carry
  --growth             listing, buying, cancelling and starting from 1,000 to 1,000,000 orders
  --idle               time to ready and resident memory of each service at rest
  --profile            where each service spends its CPU time at 32 shoppers
  --all                all of these

Options
  --shoppers LIST      concurrent shoppers, default 1,8,32,128
  --rounds N           rounds of each target, default 5
  --seconds N          of one round, default 4
  --products N         on sale, default 200
  --lines N            lines of an order, default 1
  --keys KIND          Idempotency-Key of a purchase: v7 (UUID version 7, the default; what the
                       typed client sends), v4 (random) or none
  --floor-only         without the system
  --system-only        without the floor
  --sizes LIST         orders stored for --growth, default 1000,100000,1000000
  --json FILE          write the results there as well
  --dir FOLDER         for the databases, default .data/bench; on a real disk, not in a tmpfs
  --keep               leave the databases where they are
  --help               this text

--hot and --growth end with the audit of the databases they used (bun run audit); exit code 1 when
something that must hold does not.

Progress goes to standard error, results to standard output. Ctrl-C stops everything.`

export const modes = ['purchases', 'hot', 'overload', 'growth', 'idle', 'profile'] as const
export type Mode = (typeof modes)[number]

export interface BenchOptions {
  readonly modes: readonly Mode[]
  readonly shoppers: readonly number[]
  readonly rounds: number
  readonly roundMs: number
  readonly products: number
  readonly lines: number
  readonly keys: KeyKind
  readonly targets: readonly ('system' | 'floor')[]
  readonly sizes: readonly number[]
  readonly json: string | undefined
  readonly dir: string | undefined
  readonly keep: boolean
}

/** A command line that cannot be; the message is for the person who typed it. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}

const flag = { type: 'boolean', default: false } as const
const value = (byDefault: string) => ({ type: 'string', default: byDefault }) as const
const definitions = {
  purchases: flag,
  hot: flag,
  overload: flag,
  growth: flag,
  idle: flag,
  profile: flag,
  all: flag,
  shoppers: value('1,8,32,128'),
  rounds: value('5'),
  seconds: value('4'),
  products: value('200'),
  lines: value('1'),
  keys: value('v7'),
  'floor-only': flag,
  'system-only': flag,
  sizes: value('1000,100000,1000000'),
  json: { type: 'string' },
  dir: { type: 'string' },
  keep: flag,
  help: { ...flag, short: 'h' },
} as const

/** @throws ArgumentError that names the option and prints what arrived */
export function parseBench(args: readonly string[]): BenchOptions | 'help' {
  const values = parse(args)
  if (values.help) return 'help'
  const chosen = modes.filter((mode) => values.all || values[mode])
  if (values['floor-only'] && values['system-only']) {
    throw new ArgumentError('--floor-only and --system-only exclude each other.')
  }
  if (values['floor-only'] && chosen.some((mode) => mode !== 'purchases')) {
    throw new ArgumentError('--floor-only goes with --purchases: the rest is about the system.')
  }
  return {
    modes: chosen.length > 0 ? chosen : ['purchases'],
    shoppers: integers('--shoppers', values.shoppers, 1, 1024),
    rounds: integer('--rounds', values.rounds, 1, 100),
    roundMs: integer('--seconds', values.seconds, 1, 300) * 1000,
    products: integer('--products', values.products, 1, 10_000),
    lines: integer('--lines', values.lines, 1, 100),
    keys: keyKind(values.keys),
    targets: values['floor-only']
      ? ['floor']
      : values['system-only']
        ? ['system']
        : ['system', 'floor'],
    sizes: integers('--sizes', values.sizes, 100, 10_000_000).toSorted((a, b) => a - b),
    json: values.json,
    dir: values.dir,
    keep: values.keep,
  }
}

function keyKind(text: string): KeyKind {
  const kind = keyKinds.find((one) => one === text)
  if (kind) return kind
  throw new ArgumentError(`--keys takes ${keyKinds.join(', ')}, not '${text}'.`)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: definitions, strict: true }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ArgumentError(`${message} See bun run bench --help.`)
  }
}

function integer(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new ArgumentError(
    `${name} must be a whole number from ${least} to ${most}, got ${JSON.stringify(text)}.`,
  )
}

function integers(name: string, text: string, least: number, most: number): number[] {
  return text.split(',').map((part) => integer(name, part.trim(), least, most))
}
