import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describeWithCluster } from '../../testing/postgres.ts'
import { cleanUp } from '../fixture.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describeWithCluster('a cluster of tests', () => {
  test('ends with its maker, also when that is killed', async () => {
    const child = Bun.spawn([process.execPath, join(import.meta.dir, 'cluster-child.ts')], {
      stdout: 'pipe',
    })
    cleanUp(() => child.kill('SIGKILL'))
    const { value } = await child.stdout.getReader().read()
    const data = new TextDecoder().decode(value).trim()
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    expect(isAlive(pid)).toBe(true)
    child.kill('SIGKILL')
    await child.exited
    while (isAlive(pid) || existsSync(dirname(data))) await turn()
  })
})
