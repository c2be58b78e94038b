import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError, type Values, wholeNumber } from '../scripts/lib/command-line.ts'
import { commonHelp, commonOptions, type Settings } from './harness.ts'
import { type KeyKind, keyKinds } from './load/job.ts'
import type { WishKind } from './targets/sale.ts'
import { type TargetName, targetNames } from './targets/target.ts'

export const help = `Usage: bun run bench [what...] [options]

Measures the system as production processes over real HTTP on this machine, next to the floor: a
bare pipeline of the same shape (bench/floor). Both also come as one process, juntos.

What (default: --purchases)
  --purchases          purchases per second, p50, p99, memory and CPU, system and floor in turns
  --hot                one product, 10,000 buyers, 1,000 units: exactly 1,000 must be sold
  --overload           twice the load that the system can carry
  --growth             listing, buying, cancelling and starting from 1,000 to 1,000,000 orders
  --idle               time to ready and resident memory of each service at rest
  --notices            a provider's notices, 500 a second: on disk when they are answered
  --profile            where each service spends its CPU time at 32 shoppers
  --all                all of these

Options
  --shoppers LIST      concurrent shoppers, so many of each replica, default 1,8,32,128
  --rounds N           rounds of each target, default 5
  --seconds N          of one round, default 4
  --products N         on sale, default 200
  --lines N            lines of an order, default 1
  --keys KIND          Idempotency-Key of a purchase: v7 (UUID version 7, the default; what the
                       typed client sends), v4 (random) or none
  --venta              purchases with all that an order can say: contact, invoice data, method,
                       coupon, expected total, of taxed products
  --cotizacion         quotes with a method and a coupon in the place of purchases
  --juntos             one process: its purchases in turns with those of four, and of both floors;
                       all else of it alone
  --postgres           --growth and --profile on a PostgreSQL of its own, as the target is
  --targets LIST       whose purchases, of system, juntos, postgres, replicas, floor and
                       floor-juntos; postgres is the system on a PostgreSQL of its own, which waits
                       for the disk, and replicas two of each service on one
  --against FOLDER     in turns with the code of another checkout as well, as NAME-there
  --sizes LIST         orders stored for --growth, default 1000,100000,1000000
${commonHelp}

--hot and --growth end with the audit of the databases they used (bun run audit).`

export const modes = [
  'purchases',
  'hot',
  'overload',
  'growth',
  'idle',
  'notices',
  'profile',
] as const
export type Mode = (typeof modes)[number]

export interface BenchOptions extends Settings {
  readonly modes: readonly Mode[]
  readonly shoppers: readonly number[]
  readonly rounds: number
  readonly roundMs: number
  readonly products: number
  readonly lines: number
  readonly keys: KeyKind
  readonly wish: WishKind
  readonly targets: readonly TargetName[]
  /** The form of the system that everything but purchases is about. */
  readonly form: 'system' | 'juntos'
  /** Whether what grows, or is profiled, has its data in PostgreSQL. */
  readonly postgres: boolean
  /** Another checkout, whose system is measured as well. */
  readonly against?: string | undefined
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
  notices: flag,
  profile: flag,
  all: flag,
  shoppers: value('1,8,32,128'),
  rounds: value('5'),
  seconds: value('4'),
  products: value('200'),
  lines: value('1'),
  keys: value('v7'),
  venta: flag,
  cotizacion: flag,
  juntos: flag,
  postgres: flag,
  targets: { type: 'string' },
  against: { type: 'string' },
  sizes: value('1000,100000,1000000'),
  ...commonOptions,
} as const

/** @throws UsageError that names the option and prints what arrived */
export function chooseBench(values: Values<typeof benchOptions>): BenchOptions {
  const { json, dir, keep, juntos, postgres, against } = values
  const available = modes.filter((mode) => !juntos || mode !== 'growth')
  const chosen = available.filter((mode) => values.all || values[mode])
  if (juntos && values.growth) {
    throw new UsageError('--growth tells what each of four processes keeps: leave out --juntos.')
  }
  if (postgres && !(chosen.length > 0 && chosen.every(takesPostgres))) {
    throw new UsageError('--postgres goes with --growth and --profile; purchases have --targets.')
  }
  const purchasesOnly = chosen.every((mode) => mode === 'purchases')
  if (!purchasesOnly && (values.targets !== undefined || against !== undefined)) {
    throw new UsageError('--targets and --against go with --purchases alone.')
  }
  const asked = chosen.every((mode) => mode === 'purchases' || mode === 'profile')
  if (!asked && (values.venta || values.cotizacion)) {
    throw new UsageError('--venta and --cotizacion go with --purchases and --profile.')
  }
  return {
    modes: chosen.length > 0 ? chosen : ['purchases'],
    targets: targetList(
      values.targets ?? (juntos ? 'system,juntos,floor,floor-juntos' : 'system,floor'),
    ),
    postgres,
    form: juntos ? 'juntos' : 'system',
    against: against === undefined ? undefined : checkout(against),
    shoppers: wholeNumbers('--shoppers', values.shoppers, 1, 1024),
    rounds: wholeNumber('--rounds', values.rounds, 1, 100),
    roundMs: wholeNumber('--seconds', values.seconds, 1, 300) * 1000,
    products: wholeNumber('--products', values.products, 1, 10_000),
    lines: wholeNumber('--lines', values.lines, 1, 100),
    keys: keyKind(values.keys),
    wish: values.cotizacion ? 'cotizacion' : values.venta ? 'venta' : 'productos',
    sizes: wholeNumbers('--sizes', values.sizes, 100, 10_000_000).toSorted((a, b) => a - b),
    json,
    dir,
    keep,
  }
}

function targetList(text: string): TargetName[] {
  const names = text.split(',').map((part) => part.trim())
  const wrong = names.find((name) => !targetNames.some((one) => one === name))
  if (wrong !== undefined) {
    throw new UsageError(`--targets takes ${targetNames.join(', ')}, not '${wrong}'.`)
  }
  return targetNames.filter((name) => names.includes(name))
}

function checkout(folder: string): string {
  const home = resolve(folder)
  if (existsSync(join(home, 'apps', 'pedidos', 'src', 'main.ts'))) return home
  throw new UsageError(`--against takes the folder of a checkout, which ${home} is not.`)
}

function keyKind(text: string): KeyKind {
  const kind = keyKinds.find((one) => one === text)
  if (kind) return kind
  throw new UsageError(`--keys takes ${keyKinds.join(', ')}, not '${text}'.`)
}

const takesPostgres = (mode: Mode) => mode === 'growth' || mode === 'profile'

const wholeNumbers = (name: string, text: string, least: number, most: number) =>
  text.split(',').map((part) => wholeNumber(name, part.trim(), least, most))
