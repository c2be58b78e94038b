import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { runCommand, Sentence, UsageError, type Values } from '../lib/command-line.ts'
import { dataDirOf, dataOptions } from '../lib/data-arg.ts'
import { keySecretOf, serversOf, shownServers } from '../lib/shop.ts'
import { cancelMove, type Moved, moveToFolder, moveToServer, tryMove } from './move.ts'

const help = `Usage: ${commandLine('move')} --from sqlite --to postgres [--data DIR] [--force] [--dry-run]
       ${commandLine('move')} --from postgres --to sqlite [--data DIR] [--force] [--dry-run]
       ${commandLine('move')} --cancel

Moves a whole shop from the files of DATA_DIR (or --data) to the database that DATABASE_URL names, or back.
Its services must be stopped, and stay so until the end: a shop with 100,000 orders stands still for about
half a minute. What was copied is read back and compared row by row, and both sides are audited; only then does
the other side count, and this one starts no more. Interrupted, it is run again, and begins anew.

Passwords, sessions, orders, pictures and numbers stay as they are; what is searched in is made anew by the
services, within seconds. Signing keys go along, sealed on the server with AUTH_KEY_SECRET. Other secrets
that were made in DATA_DIR stay there: several machines need them in the environment (docs/scale.md).

  --force    gives what is at the other end already another name; nothing is ever deleted
  --dry-run  looks at both ends, and moves nothing
  --cancel   removes what an interrupted move has left on the server, to go on where the shop was

Room: in the temporary folder (TMPDIR) for one more copy of the databases, while they are compared.`

const command = {
  help,
  options: {
    ...dataOptions,
    from: { type: 'string' },
    to: { type: 'string' },
    force: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    cancel: { type: 'boolean', default: false },
  },
  names: { most: 0, takes: 'move takes no names' },
} as const

function directionOf({ from, to }: Values<typeof command.options>): 'server' | 'folder' {
  if (from === 'sqlite' && to === 'postgres') return 'server'
  if (from === 'postgres' && to === 'sqlite') return 'folder'
  throw new UsageError(
    'Say --from sqlite --to postgres, or --from postgres --to sqlite; --help says more.',
  )
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

function told({ rows, copyMs, ms }: Moved, to: string): string {
  const rate = Math.round(rows / Math.max(0.001, copyMs / 1_000)).toLocaleString('en')
  return rows === 0
    ? `What was moved to ${to} is in use from now on.`
    : `Moved to ${to}: ${rows.toLocaleString('en')} rows in ${seconds(copyMs)} (${rate} a second), with comparing and audits ${seconds(ms)}.`
}

/** Answers the exit code. */
export async function runMove(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, command, async (values, _names, progress) => {
    const servers = serversOf(env)
    if (!servers) throw new Sentence('Set DATABASE_URL to the database to move to, or from.')
    if (values.cancel) {
      await cancelMove(servers)
      console.log(`Nothing of an interrupted move is left on ${shownServers(servers)}.`)
      return
    }
    const direction = directionOf(values)
    const dataDir = dataDirOf(env, values.data)
    const keySecret = keySecretOf(env)
    const options = { dataDir, servers, keySecret, force: values.force, progress }
    if (values['dry-run']) {
      await tryMove(direction, options)
      progress.clear()
      console.log('Nothing stands in the way, and nothing was moved.')
      return
    }
    const moved = direction === 'server' ? await moveToServer(options) : await moveToFolder(options)
    progress.clear()
    if (direction === 'server') {
      console.log(told(moved, shownServers(servers)))
      console.log(`${dataDir} starts no more; keep it until the first backup of what is there now.`)
    } else {
      console.log(told(moved, dataDir))
      console.log(
        `${shownServers(servers)} starts no more. Start the services without DATABASE_URL.`,
      )
    }
  })
}
