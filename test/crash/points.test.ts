import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
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

/** `T` is one that stands still. */
const stateOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]

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

  test('stand still at a step that is named so, say so, and go on when they are told to', async () => {
    const child = Bun.spawn([process.execPath, join(import.meta.dir, 'points-child.ts')], {
      env: { ...process.env, CRASH_AT: 'freeze pedidos.store.crear.despues' },
      stdout: 'pipe',
      stderr: 'inherit',
    })
    const said: string[] = []
    for await (const line of child.stdout.pipeThrough(new TextDecoderStream())) {
      said.push(...line.trim().split('\n'))
      if (said.at(-1)?.startsWith('crash point frozen')) {
        expect(said).toEqual(['step 1', 'crash point frozen: pedidos.store.crear.despues'])
        // The signal takes real time to arrive.
        while (stateOf(child.pid) !== 'T') await Bun.sleep(1)
        child.kill('SIGCONT')
      }
    }
    expect(said.filter((line) => !line.startsWith('crash point'))).toEqual(all)
    expect(await child.exited).toBe(0)
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
