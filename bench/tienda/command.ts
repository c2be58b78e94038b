import { join } from 'node:path'
import { onStopSignal } from '@encargo/service-kit/run/signals'
import { fail, root } from '../../scripts/lib/install.ts'
import { describeMachine } from '../machine.ts'
import { measureFsync, Session } from '../session.ts'
import { renderTable } from '../table.ts'
import { help, parseTienda, TiendaArgumentError } from './args.ts'
import { measureTienda } from './run.ts'

function chosen(args: readonly string[]) {
  try {
    return parseTienda(args)
  } catch (error) {
    if (error instanceof TiendaArgumentError) return fail(error.message)
    throw error
  }
}

/** The command line: measures what `args` ask for, prints it, and leaves nothing behind. */
export async function benchTienda(args: readonly string[]): Promise<void> {
  const options = chosen(args)
  if (options === 'help') return console.log(help)
  const session = new Session(join(root, '.data', 'bench'), false)
  onStopSignal(() => session.end())
  try {
    const machine = describeMachine(session.folder, measureFsync(session.folder))
    console.log(
      `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Bun ${machine.bun}\n`,
    )
    const findings = await measureTienda(session, options)
    for (const { table } of findings) console.log(renderTable(table))
    if (options.json) {
      const figures = findings.map(({ table, wrong }) => ({ ...table, wrong }))
      const report = { takenAt: new Date().toISOString(), machine, options, figures }
      await Bun.write(options.json, `${JSON.stringify(report, null, 2)}\n`)
    }
    await session.end()
    const wrong = findings.flatMap((one) => one.wrong)
    for (const sentence of wrong) console.error(`WRONG: ${sentence}`)
    process.exit(wrong.length > 0 ? 1 : 0)
  } catch (error) {
    if (!session.ending) {
      await session.end()
      fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
}
