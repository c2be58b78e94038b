import { commandLine } from '@encargo/program'
import { withAdmin } from './admin.ts'
import { runCommand, Sentence } from '../lib/command-line.ts'
import { dataHelp, dataOptions } from '../lib/data-arg.ts'
import type { Environment } from '@encargo/service-kit/run/config'

const help = `Usage: ${commandLine('rotate-keys')} [--emergency] [--data DIR]

Gives auth a new signing key. It is public at once and signs half a minute later; tokens of the old
key stay good until they run out, and nothing needs a restart.

  --emergency   the old key got out: the new one signs at once, and every token of the old one is
                refused as soon as the services see it (a restart makes them).

Keys are files in DATA_DIR; with DATABASE_URL they are in the database, sealed with AUTH_KEY_SECRET, and
every auth sees a new one within ten seconds. With another AUTH_KEY_SECRET, --emergency changes that one:
all of auth are then to be started again with it.

${dataHelp}`

const command = {
  help,
  options: { emergency: { type: 'boolean', default: false }, ...dataOptions },
  names: { most: 0, takes: 'rotate-keys takes no names' },
  exits: { failed: 1, misused: 2 },
} as const

/** Answers the exit code. */
export async function rotateKeys(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, command, async ({ emergency, data }) => {
    if (env['AUTH_SIGNING_KEY']) {
      throw new Sentence(
        'AUTH_SIGNING_KEY is set, so auth signs with that; change the variable instead',
      )
    }
    const rotated = await withAdmin(env, data, (admin) => admin.rotateKeys(emergency))
    const { kid, signsFrom, removed } = rotated
    console.log(
      `new key ${kid}, signing from ${new Date(signsFrom).toISOString()}; ${removed} old removed`,
    )
  })
}
