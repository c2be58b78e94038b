import { dirname, join } from 'node:path'

export const root = dirname(dirname(import.meta.dir))
const neededBun = '1.4.5'

/** One sentence for the person who typed the command, and exit code 1. */
export function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

/**
 * Brings node_modules to what the lockfile says. Uses nothing but Bun itself, so that it runs on a
 * fresh clone; takes some 30 ms where there is nothing to do.
 */
export async function ensureInstalled(): Promise<void> {
  if (Bun.semver.order(Bun.version, neededBun) < 0) {
    fail(
      `Encargo needs Bun ${neededBun} or newer, and this is ${Bun.version}. Try: npx bun@${neededBun} run dev`,
    )
  }
  const fresh = !(await Bun.file(join(root, 'node_modules', 'elysia', 'package.json')).exists())
  if (fresh) console.log('Installing dependencies (once)...')
  const install = Bun.spawn([process.execPath, 'install', '--frozen-lockfile'], {
    cwd: root,
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err, code] = await Promise.all([
    new Response(install.stdout).text(),
    new Response(install.stderr).text(),
    install.exited,
  ])
  if (code !== 0) fail(`Dependencies could not be installed:\n${out}${err}`)
}
