import { Database } from 'bun:sqlite'
import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beginAgain } from './begin-again.ts'
import { misfits } from './lockfile.ts'

export const root = dirname(dirname(import.meta.dir))
const neededBun = '1.4.5'

/** One sentence for the person who typed the command, and exit code 1. */
export function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

/** An older Bun may lack what a command is made of, so each asks for this first. */
function requireBun(): void {
  if (Bun.semver.order(Bun.version, neededBun) >= 0) return
  // The name of the script, as `bun run` tells it.
  const name = process.env['npm_lifecycle_event'] ?? basename(Bun.main, '.ts')
  fail(
    `Encargo needs Bun ${neededBun} or newer, and this is ${Bun.version}. Try: npx bun@${neededBun} run ${name}`,
  )
}

/**
 * For commands that run where the shop does: nothing is installed or written, as the checkout may be
 * somebody else's and others may start at the same moment.
 */
export function requireInstalled(): void {
  requireBun()
  const [first, ...more] = misfits(root)
  if (first === undefined) return
  const what = more.length > 0 ? `${first} and ${more.length} more` : first
  fail(
    `Dependencies are missing or not as bun.lock says (${what}): run "bun run setup" in ${root}, as its owner.`,
  )
}

/**
 * Only one command installs at a time. The lock is SQLite's on a file in `node_modules`: the system
 * takes it back from a process that dies, whatever it died of.
 */
function lockInstall(): Database {
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  const lock = new Database(join(root, 'node_modules', '.encargo-install.lock'))
  try {
    lock.run('PRAGMA busy_timeout = 0')
    lock.run('BEGIN EXCLUSIVE')
  } catch {
    console.log('Another command is installing dependencies; waiting for it...')
    lock.run('PRAGMA busy_timeout = 600000')
    lock.run('BEGIN EXCLUSIVE')
  }
  return lock
}

/**
 * For commands of whoever works on Encargo: brings node_modules to what the lockfile says. Uses
 * nothing but Bun itself, so that it runs on a fresh clone; takes some 30 ms where there is nothing
 * to do.
 */
export async function ensureInstalled(): Promise<void> {
  requireBun()
  const bare = !existsSync(join(root, 'node_modules'))
  let lock: Database
  try {
    lock = lockInstall()
  } catch (error) {
    return fail(`Dependencies could not be installed in ${root}: ${String(error)}`)
  }
  const fresh = !(await Bun.file(join(root, 'node_modules', 'elysia', 'package.json')).exists())
  if (fresh) console.log('Installing dependencies (once)...')
  const install = Bun.spawn([process.execPath, '--no-orphans', 'install', '--frozen-lockfile'], {
    cwd: root,
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err, code] = await Promise.all([
    new Response(install.stdout).text(),
    new Response(install.stderr).text(),
    install.exited,
  ])
  lock.close()
  if (code !== 0) fail(`Dependencies could not be installed:\n${out}${err}`)
  // A Bun that started where no node_modules was looks for packages by other rules as long as it runs,
  // and its workers find none.
  if (bare) beginAgain()
}
