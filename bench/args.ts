import { UsageError, type Values, wholeNumber } from '../scripts/lib/command-line.ts'
import { commonHelp, commonOptions, type Settings } from './harness.ts'
import { type KeyKind, keyKinds } from './load/job.ts'

export const help = `Usage: bun run bench [what...] [options]

Measures the system as production processes over real HTTP on this machine, next to the floor: a
bare pipeline of the same shape (bench/floor).

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
${commonHelp}

--hot and --growth end with the audit of the databases they used (bun run audit).`

export const modes = ['purchases', 'hot', 'overload', 'growth', 'idle', 'profile'] as const
export type Mode = (typeof modes)[number]

export interface BenchOptions extends Settings {
  readonly modes: readonly Mode[]
  readonly shoppers: readonly number[]
  readonly rounds: number
  readonly roundMs: number
  readonly products: number
  readonly lines: number
  readonly keys: KeyKind
  readonly targets: readonly ('system' | 'floor')[]
  readonly sizes: readonly number[]
}

const flag = { type: 'boolean', default: false } as const
const value = (byDefault: string) => ({ type: 'string', default: byDefault }) as const
export const benchOptions = {
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
  ...commonOptions,
} as const

/** @throws UsageError that names the option and prints what arrived */
export function chooseBench(values: Values<typeof benchOptions>): BenchOptions {
  const chosen = modes.filter((mode) => values.all || values[mode])
  const { json, dir, keep, 'floor-only': floorOnly, 'system-only': systemOnly } = values
  if (floorOnly && systemOnly) {
    throw new UsageError('--floor-only and --system-only exclude each other.')
  }
  if (floorOnly && chosen.some((mode) => mode !== 'purchases')) {
    throw new UsageError('--floor-only goes with --purchases: the rest is about the system.')
  }
  return {
    modes: chosen.length > 0 ? chosen : ['purchases'],
    shoppers: wholeNumbers('--shoppers', values.shoppers, 1, 1024),
    rounds: wholeNumber('--rounds', values.rounds, 1, 100),
    roundMs: wholeNumber('--seconds', values.seconds, 1, 300) * 1000,
    products: wholeNumber('--products', values.products, 1, 10_000),
    lines: wholeNumber('--lines', values.lines, 1, 100),
    keys: keyKind(values.keys),
    targets: floorOnly ? ['floor'] : systemOnly ? ['system'] : ['system', 'floor'],
    sizes: wholeNumbers('--sizes', values.sizes, 100, 10_000_000).toSorted((a, b) => a - b),
    json,
    dir,
    keep,
  }
}

function keyKind(text: string): KeyKind {
  const kind = keyKinds.find((one) => one === text)
  if (kind) return kind
  throw new UsageError(`--keys takes ${keyKinds.join(', ')}, not '${text}'.`)
}

const wholeNumbers = (name: string, text: string, least: number, most: number) =>
  text.split(',').map((part) => wholeNumber(name, part.trim(), least, most))
