import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { badStarts, type Installation } from './bad-starts.ts'
import { clientsAt, freshEnvironment } from './harness.ts'
import { walkTheCounter } from './walk.ts'

const root = join(import.meta.dir, '..', '..')
const all = ['scripts/start.ts']

function command(args: readonly string[], env: Environment, by: readonly string[] = []) {
  const [script = '', ...more] = args
  return Bun.spawn([...by, process.execPath, join(root, script), ...more], {
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
}

/** Starts all of it as it should be, and answers how to stop that again. */
async function start(env: Environment): Promise<() => Promise<unknown>> {
  const child = command(all, env)
  let text = ''
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.split(' ready at ').length > 5) break
  }
  return () => {
    child.kill('SIGTERM')
    return child.exited
  }
}

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanups.splice(0).toReversed()) await one()
})

/** What a shop has after its first sale: all databases, keys and credentials. */
const first = freshEnvironment()
beforeAll(async () => {
  const stop = await start(first.env)
  await walkTheCounter(clientsAt(first.origins))
  await stop()
})
afterAll(first.remove)

function installation(): Installation {
  const { env, dataDir, ports, remove } = freshEnvironment()
  cleanups.push(remove)
  cpSync(first.dataDir, dataDir, { recursive: true })
  const { ports: others } = freshEnvironment({ DATA_DIR: dataDir })
  const elsewhere = Object.fromEntries(
    Object.entries(others).map(([name, port]) => [`${name.toUpperCase()}_PORT`, String(port)]),
  )
  const onOtherPorts = (given: Environment) => start({ ...given, ...elsewhere })
  return { dataDir, env, port: ports.pedidos, start: onOtherPorts }
}

/** Every file in a folder, with what is in it. */
const contentOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, entry.isFile() && Bun.hash(readFileSync(path))]
    }),
  )

/** Processes of this installation, which can be told by their environment. */
const processesOf = (dataDir: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dataDir)
    } catch {
      // It has just ended, or is somebody else's.
      return false
    }
  })

const forms: Record<string, readonly string[]> = {
  'five processes': all,
  'one process': ['scripts/start.ts', '--juntos'],
  'a service alone': ['apps/pedidos/src/main.ts'],
}

describe.each(Object.keys(forms))('the start of %s is refused', (form) => {
  test.each(Object.keys(badStarts))('with one sentence, for %s', async (what) => {
    const { spoil, told, late } = badStarts[what] ?? expect.unreachable()
    const one = installation()
    const { env, by, end } = (await spoil(one)) ?? {}
    if (end) cleanups.push(end)
    const before = contentOf(one.dataDir)
    const running = processesOf(one.dataDir)
    const child = command(forms[form] ?? [], { ...one.env, ...env }, by)
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ])
    const [sentence, ...more] = err.trimEnd().split('\n')
    expect(sentence).toMatch(told)
    expect([more, out, code]).toEqual([[], '', 1])
    expect(processesOf(one.dataDir)).toEqual(running)
    if (late) return
    expect(contentOf(one.dataDir)).toEqual(before)
    expect(existsSync('/proc/encargo')).toBe(false)
  })
})
