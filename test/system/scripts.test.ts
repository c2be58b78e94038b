import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import rootPackage from '../../package.json'
import { ended } from './ended.ts'

const root = join(import.meta.dir, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'encargo-scripts-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const { out, err, code } = await ended([process.execPath, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
  })
  // Several of these commands make sure at the same moment that dependencies are there.
  return { out: out.replace(/^Another command is installing.*\n/, ''), err, code }
}

const scripts = Object.entries(rootPackage.scripts)
const names = scripts.map(([name]) => name)
/** The tools under these explain themselves, and know their own options. */
const tools = ['fmt', 'check', 'lint']

describe('every command of package.json', () => {
  for (const name of names) {
    test(`${name} explains itself with --help and with -h`, async () => {
      for (const { out, err, code } of await Promise.all(
        ['--help', '-h'].map((arg) => run(['run', '--silent', name, arg])),
      )) {
        expect({ name, err, code }).toEqual({ name, err: '', code: 0 })
        expect(out).toContain('Usage:')
      }
    })
  }

  for (const name of names.filter((one) => !tools.includes(one))) {
    test(`${name} refuses an option that there is not, and says how to get help`, async () => {
      const { out, err, code } = await run(['run', '--silent', name, '--no-such-option'])
      expect({ name, out, lines: err.trim().split('\n').length }).toEqual({
        name,
        out: '',
        lines: 1,
      })
      expect([1, 2]).toContain(code)
      expect(err).toContain('--no-such-option')
      expect(err).toContain('--help')
    })
  }
})

test('an older Bun is told in one sentence by every command, and starts no other', async () => {
  const count = join(folder, 'processes')
  const older = join(folder, 'older.ts')
  // A command that called itself without end would end at its fifth process.
  writeFileSync(
    older,
    `import { appendFileSync, readFileSync } from 'node:fs'
     const file = process.env.COUNT
     appendFileSync(file, '.')
     if (readFileSync(file, 'utf8').length > 4) process.exit(99)
     // Its version can't be set, so it is found to be the older one.
     Bun.semver.order = () => -1`,
  )
  for (const [name, script] of scripts) {
    writeFileSync(count, '')
    const [bun, ...command] = script.split(' ')
    expect(bun).toBe('bun')
    // `bun run` tells the script its name so.
    const env = { npm_lifecycle_event: name, COUNT: count }
    const { out, err, code } = await run(['--preload', older, ...command], env)
    expect({ name, out, code }).toEqual({ name, out: '', code: 1 })
    expect(err).toBe(
      `Encargo needs Bun 1.4.5 or newer, and this is ${Bun.version}. Try: npx bun@1.4.5 run ${name}\n`,
    )
    expect(readFileSync(count, 'utf8')).toBe('.')
  }
  // As systemd starts it.
  const { err } = await run(['--preload', older, 'scripts/start.ts'], { COUNT: count })
  expect(err).toEndWith(' run start\n')
})
