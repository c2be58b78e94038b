import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { armCrashPoint } from './points.ts'

async function run(crashAt: string | undefined) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'points-child.ts')], {
    env: { ...process.env, CRASH_AT: crashAt },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const said = (await child.stdout.text()).trim().split('\n').filter(Boolean)
  await child.exited
  return { said, signal: child.signalCode, code: child.exitCode }
}

const all = ['step 1', 'step 2', 'read', 'followed', 'sent', 'at once kept']

describe('crash points', () => {
  test('do nothing in a process that was not started to die', async () => {
    expect(await run(undefined)).toEqual({ said: all, signal: null, code: 0 })
  })

  test('kill before and after a step, at the passing asked for', async () => {
    const [before, after, second, follower, token] = await Promise.all([
      run('pedidos.store.crear.antes'),
      run('pedidos.store.crear.despues'),
      run('pedidos.store.crear.antes:2'),
      run('pedidos.seguidores.alDia.despues'),
      run('pedidos.token.antes'),
    ])
    expect(before).toMatchObject({ said: [], signal: 'SIGKILL' })
    expect(after).toMatchObject({ said: ['step 1'], signal: 'SIGKILL' })
    expect(second).toMatchObject({ said: ['step 1'], signal: 'SIGKILL' })
    expect(follower).toMatchObject({ said: all.slice(0, 4), signal: 'SIGKILL' })
    expect(token).toMatchObject({ said: all.slice(0, 5), signal: 'SIGKILL' })
  })

  test('are told in order, and what is written or called outside of every step as well', async () => {
    const { said } = await run('record')
    const begun = said.flatMap((line) => /^crash point passed: (.*)\.antes$/.exec(line)?.[1] ?? [])
    expect(begun).toEqual([
      'pedidos.store.crear',
      'pedidos.store.crear',
      'pedidos.seguidores.alDia',
      'pedidos.enviar',
      'pedidos.token',
      'a write outside of every step',
      'a write outside of every step',
      'POST /reservas outside of every step',
    ])
  })

  test('are refused when they name no side of a step', () => {
    for (const wrong of ['pedidos.store.crear', 'pedidos.store.crear.antes:0', ':']) {
      expect(() => armCrashPoint({ CRASH_AT: wrong })).toThrow('CRASH_AT')
    }
    expect(() => armCrashPoint({ CRASH_AT: '' })).not.toThrow()
  })
})
