import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { badStarts, type Installation } from './bad-starts.ts'
import { clientsAt, freshEnvironment } from './harness.ts'
import { walkTheCounter } from './walk.ts'

const root = join(import.meta.dir, '..', '..')

/** How a script of this checkout is started. */
export const script = (path: string, ...args: string[]) => [
  process.execPath,
  join(root, path),
  ...args,
]

function spawn(command: readonly string[], env: Environment) {
  return Bun.spawn([...command], {
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
}

/** Starts all of it as it should be, and answers how to stop that again. */
async function start(env: Environment): Promise<() => Promise<unknown>> {
  const child = spawn(script('scripts/start.ts'), env)
  let text = ''
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.split(' ready at ').length > 5) break
  }
  if (text.split(' ready at ').length <= 5) {
    throw new Error(`it did not start: ${text}${await new Response(child.stderr).text()}`)
  }
  return () => {
    child.kill('SIGTERM')
    return child.exited
  }
}

const cleanups: (() => unknown)[] = []

function installation(from: string): Installation {
  const { env, dataDir, ports, remove } = freshEnvironment()
  cleanups.push(remove)
  cpSync(from, dataDir, { recursive: true })
  const onOtherPorts = (given: Environment) => {
    const other = freshEnvironment()
    cleanups.push(other.remove)
    return start({ ...given, ...other.env, DATA_DIR: dataDir })
  }
  return { dataDir, env, port: ports.pedidos, start: onOtherPorts }
}

/** Every file in a folder, with what is in it; of one in use without the logs, which the shop writes to. */
const contentOf = (folder: string, enUse: boolean) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
      .filter(({ path }) => !(enUse && /-(?:wal|shm)$/.test(path)))
      .map(({ entry, path }) => [path, entry.isFile() && Bun.hash(readFileSync(path))]),
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

export interface Form {
  readonly command: readonly string[]
  /** What it reads besides, of an installation one of whose ports is `port`. */
  readonly env?: (port: number) => Environment
}

/** Holds that forms of a start refuse each bad one in one sentence, and leave nothing that was not there. */
export function describeRefusals(forms: Readonly<Record<string, () => Form>>): void {
  /** What a shop has after its first sale: all databases, keys and credentials. */
  const first = freshEnvironment()
  beforeAll(async () => {
    const stop = await start(first.env)
    await walkTheCounter(clientsAt(first.origins))
    await stop()
  })
  afterAll(first.remove)
  afterEach(async () => {
    for (const one of cleanups.splice(0).toReversed()) await one()
  })

  describe.each(Object.keys(forms))('the start of %s is refused', (name) => {
    test.each(Object.keys(badStarts))('with one sentence, for %s', async (what) => {
      const { spoil, told, late } = badStarts[what] ?? expect.unreachable()
      const form = forms[name]?.() ?? expect.unreachable()
      const one = installation(first.dataDir)
      const { env, by = [], end } = (await spoil(one)) ?? {}
      if (end) cleanups.push(end)
      const enUse = end !== undefined
      const before = contentOf(one.dataDir, enUse)
      const running = processesOf(one.dataDir)
      const child = spawn([...by, ...form.command], { ...one.env, ...form.env?.(one.port), ...env })
      const [out, err, code] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited,
      ])
      const [sentence, ...more] = err.trimEnd().split('\n')
      expect(sentence).toMatch(told)
      expect([more, out, code]).toEqual([[], '', 1])
      expect(processesOf(one.dataDir)).toEqual(running)
      if (!late) expect(contentOf(one.dataDir, enUse)).toEqual(before)
    })
  })
}
