import { commandLine } from '@encargo/program'
import { type Scope, scopes } from '@encargo/service-kit/identity/tokens'
import type { Environment } from '@encargo/service-kit/run/config'
import type { Admin, NewSecret } from '@encargo/auth/admin'
import { runCommand, Sentence, UsageError } from '../lib/command-line.ts'
import { dataHelp, dataOptions } from '../lib/data-arg.ts'
import { withAdmin } from './admin.ts'

const help = `Usage: ${commandLine('service-account')} <command> [--data DIR]

  list                  the accounts, their scopes and how many secrets are good now
  add <id> <scope>...   a new account, with the least it needs of: ${scopes.join(', ')}
  rotate <id>           a new secret; the one before stays good for a day
  revoke <id>           end the replaced secret at once

${dataHelp}`

function unknownAccount(id: string): Error {
  return new Sentence(`there is no service account ${JSON.stringify(id)}; see the command list`)
}

function tellSecret(id: string, { secret, written }: NewSecret): void {
  console.log(
    written
      ? `${id}: the new secret is in DATA_DIR/credenciales.json; restart the service within a day`
      : `${id}: the secret, shown only now:\n${secret}`,
  )
}

function scopesOf(names: readonly string[]): Scope[] {
  const unknown = names.find((name) => !scopes.some((scope) => scope === name))
  if (unknown !== undefined)
    throw new UsageError(`there is no scope ${JSON.stringify(unknown)}; --help lists them.`)
  if (names.length === 0)
    throw new UsageError('an account needs at least one scope; --help lists them.')
  return scopes.filter((scope) => names.includes(scope))
}

async function list(admin: Admin): Promise<void> {
  for (const { id, scopes, secretos } of await admin.listAccounts()) {
    const ends = secretos.map(({ caducaEn }) =>
      caducaEn === null ? 'current' : `until ${new Date(caducaEn).toISOString()}`,
    )
    console.log(`${id}  ${scopes.join(' ')}  secrets: ${ends.join(', ') || 'none'}`)
  }
}

async function add(admin: Admin, id: string, names: readonly string[]): Promise<void> {
  if (!/^[a-z][a-z0-9-]{1,49}$/.test(id)) {
    throw new UsageError('an id is 2 to 50 small letters, digits and hyphens; see --help.')
  }
  const fresh = await admin.addAccount(id, scopesOf(names))
  if (!fresh) throw new Sentence(`there is a service account ${id} already`)
  tellSecret(id, fresh)
}

async function run(admin: Admin, [command, id = '', ...rest]: readonly string[]): Promise<void> {
  if (command === 'list') return await list(admin)
  if (command === 'add') return await add(admin, id, rest)
  if (command === 'rotate') {
    const fresh = await admin.rotateSecret(id)
    if (!fresh) throw unknownAccount(id)
    return tellSecret(id, fresh)
  }
  if (command === 'revoke') {
    const count = await admin.revokeReplaced(id)
    if (count === undefined) throw unknownAccount(id)
    return console.log(`${id}: ${count} replaced secret${count === 1 ? '' : 's'} ended`)
  }
  const what = command === undefined ? 'a command is missing' : `unknown command ${command}`
  throw new UsageError(`${what}; --help says which there are.`)
}

const command = {
  help,
  options: dataOptions,
  names: { most: Number.POSITIVE_INFINITY, takes: '' },
  exits: { failed: 1, misused: 2 },
} as const

/** Answers the exit code. */
export async function serviceAccount(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, command, async ({ data }, names) => {
    await withAdmin(env, data, (admin) => run(admin, names))
  })
}
