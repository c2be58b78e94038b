import { simulate, type Simulated } from './run.ts'

export interface ManyOptions {
  readonly seed: number
  readonly kills: number
  /** How many shops at the same time, each with the next seed. */
  readonly shops: number
  readonly signal: AbortSignal
  readonly progress: (what: string, done: number) => void
}

export async function simulateMany(options: ManyOptions): Promise<Simulated[]> {
  const { seed, kills, shops, signal, progress } = options
  const total = shops * kills
  let done = 0
  const onKill = () => progress(`${++done} kills in ${shops} shops`, done / total)
  return await Promise.all(
    Array.from({ length: shops }, (_, n) => simulate({ seed: seed + n, kills, signal, onKill })),
  )
}

const sum = (all: readonly number[]) => all.reduce((hasta, one) => hasta + one, 0)
const shown = 30

/** As people read it. */
export function printSimulated(shops: readonly Simulated[]): string {
  const of = (de: (one: Simulated) => number) => sum(shops.map(de))
  const kills = of(({ deaths }) => sum(Object.values(deaths)))
  const wrong = shops.flatMap(({ seed, discrepancies }) =>
    discrepancies.map((what) => `  seed ${seed}: ${what}`),
  )
  const kept = shops.flatMap(({ keptIn }) => (keptIn === null ? [] : [`  kept in ${keptIn}`]))
  const acts = new Map<string, number>()
  for (const [what, times] of shops.flatMap(({ done }) => Object.entries(done))) {
    acts.set(what, (acts.get(what) ?? 0) + times)
  }
  return [
    `${shops.length} shops, ${kills} deaths between two steps: pedidos ${of(({ deaths }) => deaths.pedidos)}, pagos ${of(({ deaths }) => deaths.pagos)}, inventario ${of(({ deaths }) => deaths.inventario)}`,
    `  ${of(({ orders }) => orders)} orders, ${of(({ charges }) => charges)} charges asked for, ${of(({ notices }) => notices)} notices`,
    `  done: ${[...acts].map(([what, times]) => `${what} ${times}`).join(', ')}`,
    wrong.length === 0
      ? 'Nothing was lost, kept, charged or given back twice.'
      : `${wrong.length} discrepancies:`,
    ...wrong.slice(0, shown),
    ...kept,
  ].join('\n')
}
