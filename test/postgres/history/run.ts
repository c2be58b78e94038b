import { parseArgs } from 'node:util'
import { serviceNames } from '@encargo/service-kit/run/config'
import { freshSeed } from '@encargo/service-kit/testing/random'
import { dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { histories } from './histories.ts'

/** For long runs, of all services or of some: what differs is thrown, with its seed before it. */
export async function runHistory(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: String(freshSeed()) },
      operations: { type: 'string', default: '10000' },
    },
  })
  const [seed, operations] = [Number(values.seed), Number(values.operations)]
  for (const name of serviceNames) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    console.log(`${name}: --seed ${seed}`)
    const database = await testDatabase()
    const started = performance.now()
    const { rows, outcomes, writesTogether } = await histories[name](database, { seed, operations })
    await dropDatabase(database)
    for (const [outcome, times] of [...outcomes].toSorted()) console.log(`  ${times} ${outcome}`)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(
      `${name}: ${rows} rows the same, ${writesTogether.toFixed(1)} writes at a time, ${seconds} s`,
    )
  }
}
