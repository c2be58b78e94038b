import { join, resolve } from 'node:path'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import {
  type Command,
  helpOption,
  type Options,
  runCommand,
  type Values,
} from '../scripts/lib/command-line.ts'
import { root } from '../scripts/lib/install.ts'
import { describeMachine, type Machine } from './machine.ts'
import { Session } from './session.ts'
import { figure, renderTable, type Table } from './table.ts'

/** What every benchmark takes besides its own options. */
export const commonOptions = {
  json: { type: 'string' },
  dir: { type: 'string' },
  keep: { type: 'boolean', default: false },
  ...helpOption,
} as const

export const commonHelp = `  --json FILE          write the results there as well
  --dir FOLDER         for the databases, default .data/bench; on a real disk, not in a tmpfs
  --keep               leave the databases where they are
  --help               this text

Progress goes to standard error, results to standard output. Exit code 1 when something that must
hold does not. Ctrl-C stops everything. The machine should have nothing else to do.`

/** What one part of a benchmark found out. */
export interface Section {
  readonly tables: readonly Table[]
  /** The same for programs. */
  readonly data: unknown
  /** What must hold and did not, a sentence each; the command then ends with exit code 1. */
  readonly wrong: readonly string[]
}

/** Rows of figures, for people and for programs alike. */
export const figuresSection = (
  title: string,
  data: readonly Readonly<Record<string, number>>[],
): Section => ({
  tables: [
    {
      title,
      columns: Object.keys(data[0] ?? {}),
      rows: data.map((row) =>
        Object.values(row).map((one) => (Number.isInteger(one) ? String(one) : figure(one))),
      ),
    },
  ],
  data,
  wrong: [],
})

export interface Settings {
  readonly json?: string | undefined
  readonly dir?: string | undefined
  readonly keep: boolean
}

export interface Benchmark<T extends Options, O extends Settings> extends Command<T> {
  /** @throws UsageError that names the option and prints what arrived */
  readonly choose: (values: Values<T>, names: readonly string[]) => O
  /** Its parts by name, each printed as it comes. */
  readonly measure: (session: Session, options: O) => AsyncIterable<readonly [string, Section]>
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

/**
 * A benchmark as a command: measures what `args` ask for, prints it, and leaves nothing behind.
 * Answers the exit code.
 */
export async function benchmark<T extends Options, O extends Settings>(
  args: readonly string[],
  command: Benchmark<T, O>,
): Promise<number> {
  return await runCommand(args, command, async (values, names) => {
    const options = command.choose(values, names)
    const session = new Session(resolve(options.dir ?? join(root, '.data', 'bench')), options.keep)
    onStopSignal(() => session.end())
    try {
      const machine = describeMachine(session.folder)
      console.log(machineText(machine))
      const results: Record<string, unknown> = {}
      const wrong: string[] = []
      for await (const [name, section] of command.measure(session, options)) {
        results[name] = section.data
        for (const table of section.tables) console.log(renderTable(table))
        wrong.push(...section.wrong)
      }
      const report = { takenAt: new Date().toISOString(), machine, options, results }
      if (options.json) await Bun.write(options.json, `${JSON.stringify(report, null, 2)}\n`)
      for (const sentence of wrong) console.error(`WRONG: ${sentence}`)
      return wrong.length > 0 ? 1 : 0
    } catch (error) {
      // What fails while all is being ended, fails because of that; the signal ends this process.
      if (session.ending) return await new Promise<never>(() => {})
      throw error
    } finally {
      await session.end()
    }
  })
}

/** Everybody in turns, and not always in the same order: what disturbs the machine hits all alike. */
export async function inTurns<T>(
  rounds: number,
  all: readonly T[],
  measure: (one: T, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const one of round % 2 === 0 ? all : all.toReversed()) await measure(one, round)
  }
}
