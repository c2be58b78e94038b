import { afterEach, describe, expect, test } from 'bun:test'
import { childOf, freshEnvironment } from '../../test/system/harness.ts'
import type { ProcessName } from '@encargo/service-kit/run/together'
import { supervise } from './supervise.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const kill = (service: ProcessName) =>
  process.kill(childOf(process.pid, `apps/${service}/src/main.ts`), 'SIGKILL')

const pids = () =>
  ['auth', 'productos'].map((name) => childOf(process.pid, `apps/${name}/src/main.ts`))

function supervised(services: readonly ProcessName[], waitsMs: readonly number[]) {
  const fresh = freshEnvironment()
  cleanups.push(fresh.remove)
  const lines: string[] = []
  const readies: ((url: string) => void)[] = []
  const running = supervise({
    services,
    env: fresh.env,
    watch: false,
    waitsMs,
    onLine: (service, line) => lines.push(`${service}: ${line}`),
    onReady: (_, url) => readies.shift()?.(url),
  })
  cleanups.push(running.stop)
  const nextReady = () => new Promise<string>((resolve) => readies.push(resolve))
  return { running, lines, nextReady, origins: fresh.origins }
}

describe('services that run together', () => {
  test('are given up when one of them dies more often than it is started again', async () => {
    const { running, lines, nextReady, origins } = supervised(['auth', 'productos'], [0])
    await running.ready
    const again = nextReady()
    kill('productos')
    expect(await again).toBe(origins.productos)
    kill('productos')
    expect(await running.givenUp).toBe('productos')
    expect((await fetch(`${origins.auth}/livez`)).status).toBe(200)
    const told = lines.filter((line) => line.includes('"level":"error"'))
    expect(told).toHaveLength(2)
    expect(told[0]).toContain('is started again')
    expect(told[1]).toContain('given up')
  })

  test('stop while one of them waits to be started again, and it is not started any more', async () => {
    const { running, lines } = supervised(['productos'], [3_600_000])
    await running.ready
    kill('productos')
    while (lines.length === 0) await Bun.sleep(0)
    await running.stop()
    expect(lines).toHaveLength(1)
  })

  test('are replaced one after the other, each by one that has loaded before', async () => {
    const { running, lines, origins } = supervised(['auth', 'productos'], [])
    await running.ready
    const before = pids()
    await running.replace()
    for (const pid of pids()) expect(before).not.toContain(pid)
    for (const url of [origins.auth, origins.productos]) {
      expect((await fetch(`${url}/livez`)).status).toBe(200)
    }
    await running.stop()
    expect(lines).toEqual([])
  })

  test('are stopped with whoever stands by to replace them', async () => {
    const { running, origins } = supervised(['productos'], [])
    await running.ready
    const replacing = running.replace()
    await running.stop()
    await replacing
    expect(await fetch(origins.productos).catch(() => 'refused')).toBe('refused')
    expect(() => childOf(process.pid, 'apps/productos/src/main.ts')).toThrow('no child')
  })
})
