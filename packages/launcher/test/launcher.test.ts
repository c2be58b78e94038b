import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildLauncher, buildPlatform } from '../build/build.ts'
import { platformFor } from '../src/platform.ts'

/** In the place of the executable: says what it was told, and ends as it is told. */
const program = `#!/bin/sh
trap 'echo ended; exit 0' TERM INT
echo "told: $*"
[ "$1" = wait ] && { while :; do sleep 0.05; done; }
exit 7
`

const node = Bun.which('node')
const here = platformFor(process.platform, process.arch)
const work = mkdtempSync(join(tmpdir(), 'encargo-launcher-'))
const launcher = join(work, 'node_modules/encargo/bin/encargo.js')
const run = (...args: string[]) =>
  Bun.spawn([node ?? process.execPath, launcher, ...args], { stdout: 'pipe', stderr: 'pipe' })

beforeAll(async () => {
  const executable = join(work, 'program')
  writeFileSync(executable, program)
  mkdirSync(dirname(launcher), { recursive: true })
  await buildLauncher(join(work, 'node_modules/encargo'))
  if (here === undefined) return
  await buildPlatform(join(work, 'node_modules/@encargo', `encargo-${here}`), here, executable)
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

test('the launcher runs the executable with what it is told, and ends as it ends', async () => {
  const child = run('audit', '--data', 'mis datos')
  expect(await new Response(child.stdout).text()).toBe('told: audit --data mis datos\n')
  expect(await child.exited).toBe(7)
})

test('the launcher passes on what ends a shop, and waits until it has ended', async () => {
  const child = run('wait')
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('told: wait\n')
  child.kill('SIGTERM')
  expect((await reader.read()).value).toBe('ended\n')
  expect(await child.exited).toBe(0)
})

test('the launcher says in one sentence that there is nothing to run', async () => {
  rmSync(join(work, 'node_modules/@encargo'), { recursive: true })
  const child = run()
  expect(await new Response(child.stderr).text()).toMatch(/^The package \S+ is missing: .+\.\n$/)
  expect(await child.exited).toBe(1)
})
