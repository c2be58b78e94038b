import { fail, root } from './install.ts'

/** What each of these commands is; the rest of its command line is the tool's own. */
const tools: Readonly<Record<string, readonly string[]>> = {
  fmt: ['fmt', '--no-script'],
  check: ['check', '--no-script', '--build'],
  lint: ['x', '--bun', 'oxlint'],
}

/**
 * Bun's formatter and type checker, and the linter. They are reached through here so that an older
 * Bun, which has no such command and would take `bun check` for the script of that name, is told so
 * instead of calling itself without end. Answers the exit code.
 */
export async function tool([name = '', ...args]: readonly string[]): Promise<number> {
  const command = tools[name] ?? fail(`There is no tool "${name}"; there are fmt, check and lint.`)
  const child = Bun.spawn([process.execPath, ...command, ...args], {
    cwd: root,
    stdin: 'inherit',
    stdout: 'inherit',
    stderr: 'inherit',
  })
  return await child.exited
}
