import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { inProgram, isExecutable } from '@encargo/program'
import { fail } from '../lib/install.ts'
import { commit, licencesFile, version } from '../lib/version.ts'
import { commands } from './commands.ts'

const name = isExecutable ? 'encargo' : 'bun scripts/encargo.ts'

const rows = Object.entries(commands).map(([one, { about }]) => `  ${one.padEnd(17)}${about}`)

const help = `Usage: ${name} [--env-file FILE] [command] [argument...]

A whole shop: services, pages, back office. Alone, it starts it.

${rows.join('\n')}

Each explains itself: ${name} audit --help.

  --env-file FILE  variables, a line each (NAME=value), where the environment has none of that name.
                   No file is read unasked
  --version        which version this is
  --licences       of it, and of all that is in the executable
  --help           this`

interface Typed {
  readonly envFiles: readonly string[]
  readonly rest: readonly string[]
}

/** What stands before the command is for all commands. */
function typed(args: readonly string[]): Typed {
  const [first, ...more] = args
  if (first === '--env-file') {
    const [file = fail('--env-file needs the name of a file; --help says more.'), ...others] = more
    const { envFiles, rest } = typed(others)
    return { envFiles: [file, ...envFiles], rest }
  }
  if (first?.startsWith('--env-file=')) return typed(['--env-file', first.slice(11), ...more])
  return { envFiles: [], rest: args }
}

/** The environment wins over files, and one file over those after it. */
function loadEnvironment(file: string): void {
  try {
    for (const [variable, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) {
      process.env[variable] ??= value
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    fail(`--env-file: ${file} cannot be read (${code}).`)
  }
}

/** A checkout has each in the folder that it came with. */
function licences(): string {
  const file = inProgram(isExecutable ? licencesFile : 'LICENSE')
  return readFileSync(file, 'utf8').trimEnd()
}

/** Answers the exit code, unless what was asked for goes on until it is stopped. */
export async function runEncargo(args: readonly string[]): Promise<number | undefined> {
  const { envFiles, rest } = typed(args)
  const [first = 'start', ...more] = rest
  if (first === '--help' || first === '-h') return void console.log(help)
  if (first === '--version') return void console.log(`encargo ${version} (${commit()})`)
  if (first === '--licences') return void console.log(licences())
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined
  if (!command) {
    const what = first.startsWith('-') ? 'option' : 'command'
    return fail(`There is no ${what} "${first}"; ${name} --help says what there is.`)
  }
  for (const file of envFiles) loadEnvironment(file)
  return (await command.run(more, process.env)) ?? undefined
}
