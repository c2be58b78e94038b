import { told, withAdmin } from './admin.ts'
import { helpOption, parseCommand, UsageError } from '../lib/command-line.ts'
import type { Environment } from '@encargo/service-kit/run/config'

const usage = `Usage: bun run rotate-keys [--emergency]

Gives auth a new signing key. It is public at once and signs half a minute later; tokens of the old
key stay good until they run out, and nothing needs a restart.

  --emergency   the old key got out: the new one signs at once, and every token of the old one is
                refused as soon as the services see it (a restart makes them).`

const options = { emergency: { type: 'boolean', default: false }, ...helpOption } as const

/** Answers the exit code. */
export async function rotateKeys(args: readonly string[], env: Environment): Promise<0 | 1 | 2> {
  return await told(async () => {
    const { values, positionals } = parseCommand(args, options)
    if (values.help) return console.log(usage)
    if (positionals.length > 0) {
      throw new UsageError('rotate-keys takes no names; --help says what it takes.')
    }
    if (env['AUTH_SIGNING_KEY']) {
      throw new Error(
        'AUTH_SIGNING_KEY is set, so the key is not in DATA_DIR; change the variable instead',
      )
    }
    const { kid, signsFrom, removed } = await withAdmin(env, (admin) =>
      admin.rotateKeys(values.emergency),
    )
    console.log(`new key ${kid}, signing from ${signsFrom.toISOString()}; ${removed} old removed`)
  })
}
