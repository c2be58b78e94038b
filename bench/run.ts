import { join, resolve } from 'node:path'
import { root, fail } from '../scripts/lib/install.ts'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import { ArgumentError, type BenchOptions, help, type Mode, parseBench } from './args.ts'
import { describeMachine, type Machine } from './machine.ts'
import { runMode } from './modes/index.ts'
import { measureFsync, Session } from './session.ts'
import { renderTable } from './table.ts'

export interface Report {
  /** ISO 8601. */
  readonly takenAt: string
  readonly machine: Machine
  readonly options: BenchOptions
  readonly results: Partial<Record<Mode, unknown>>
}

function options(args: readonly string[]): BenchOptions | 'help' {
  try {
    return parseBench(args)
  } catch (error) {
    if (error instanceof ArgumentError) return fail(error.message)
    throw error
  }
}

function machineText(machine: Machine): string {
  const { cores, cpu, memoryGiB, system, bun, filesystem, fsyncMs } = machine
  const warning = filesystem === 'tmpfs' ? ' (not a disk: fsync costs nothing here; use --dir)' : ''
  return [
    `${cores} cores (${cpu}), ${memoryGiB} GiB, ${system}, Bun ${bun}`,
    `databases on ${filesystem}${warning}, ${fsyncMs.toFixed(2)} ms for an fsync`,
    '',
  ].join('\n')
}

/** The command line: measures what `args` ask for, prints it, and leaves nothing behind. */
export async function bench(args: readonly string[]): Promise<void> {
  const chosen = options(args)
  if (chosen === 'help') {
    console.log(help)
    return
  }
  const session = new Session(resolve(chosen.dir ?? join(root, '.data', 'bench')), chosen.keep)
  onStopSignal(() => session.end())
  try {
    const machine = describeMachine(session.folder, measureFsync(session.folder))
    console.log(machineText(machine))
    const results: Partial<Record<Mode, unknown>> = {}
    const wrong: string[] = []
    for (const mode of chosen.modes) {
      const section = await runMode(mode, session, chosen)
      results[mode] = section.data
      for (const table of section.tables) console.log(renderTable(table))
      wrong.push(...section.wrong)
    }
    const report: Report = { takenAt: new Date().toISOString(), machine, options: chosen, results }
    if (chosen.json) await Bun.write(chosen.json, `${JSON.stringify(report, null, 2)}\n`)
    await session.end()
    for (const sentence of wrong) console.error(`WRONG: ${sentence}`)
    process.exit(wrong.length > 0 ? 1 : 0)
  } catch (error) {
    if (session.ending) return
    await session.end()
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}
