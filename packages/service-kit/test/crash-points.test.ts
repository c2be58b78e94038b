import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { ConfigError } from '../src/run/config.ts'
import { armCrashPoint, crashPoints } from '../src/run/crash-points.ts'

async function run(crashAt: string | undefined) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'crash-child.ts')], {
    env: { ...process.env, CRASH_AT: crashAt },
    stdout: 'pipe',
    stderr: 'ignore',
  })
  const said = (await child.stdout.text()).trim().split('\n').filter(Boolean)
  await child.exited
  return { said, signal: child.signalCode, code: child.exitCode }
}

describe('crash points', () => {
  test('do nothing in a process that was not started to die', async () => {
    expect(await run(undefined)).toEqual({
      said: ['step 1', 'step 2', 'end'],
      signal: null,
      code: 0,
    })
  })

  test('kill before and after a step, at the passing asked for', async () => {
    const [before, after, second, bare] = await Promise.all([
      run('pedidos.comprar.reservar.antes'),
      run('pedidos.comprar.reservar.despues'),
      run('pedidos.comprar.reservar.antes:2'),
      run('pedidos.comprar.escribir.antes:2'),
    ])
    expect(before).toMatchObject({ said: [], signal: 'SIGKILL' })
    expect(after).toMatchObject({ said: ['step 1'], signal: 'SIGKILL' })
    expect(second).toMatchObject({ said: ['step 1'], signal: 'SIGKILL' })
    expect(bare).toMatchObject({ said: ['step 1', 'step 2'], signal: 'SIGKILL' })
  })

  test('have names of their own, and a name that is not one is refused', () => {
    expect(new Set(crashPoints).size).toBe(crashPoints.length)
    for (const wrong of ['pedidos.comprar', 'pedidos.comprar.reservar.antes:0', ':']) {
      expect(() => armCrashPoint({ CRASH_AT: wrong })).toThrow(ConfigError)
    }
    expect(() => armCrashPoint({ CRASH_AT: '' })).not.toThrow()
  })
})
