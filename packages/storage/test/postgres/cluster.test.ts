import { expect, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describeWithCluster } from '../../testing/postgres.ts'
import { cleanUp, temporaryFolder } from '../fixture.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Resolves when a cluster has ended and left nothing; it may have done so already. */
async function endOf(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    while (isAlive(pid)) await turn()
  }
  while (existsSync(dirname(data))) await turn()
}

describeWithCluster('a cluster of tests', () => {
  test('ends with its maker, also when that is killed', async () => {
    const child = Bun.spawn([process.execPath, join(import.meta.dir, 'cluster-child.ts')], {
      stdout: 'pipe',
    })
    cleanUp(() => child.kill('SIGKILL'))
    const { value } = await child.stdout.getReader().read()
    const data = new TextDecoder().decode(value).trim()
    expect(existsSync(data)).toBe(true)
    const end = endOf(data)
    child.kill('SIGKILL')
    await end
  })

  test('ends with a test file that leaves it behind, though what files leave behind is killed', async () => {
    const file = join(temporaryFolder(), 'leaving.test.ts')
    const from = join(import.meta.dir, '../../testing/cluster.ts')
    const said = `${file}.data`
    writeFileSync(
      file,
      `import { test } from 'bun:test'
       import { makeCluster } from '${from}'
       test('leaves it', () => void require('node:fs').writeFileSync('${said}', makeCluster().data))`,
    )
    const child = Bun.spawn([process.execPath, 'test', '--timeout=60000', file], {
      stdout: 'ignore',
      stderr: 'ignore',
    })
    expect(await child.exited).toBe(0)
    await endOf(readFileSync(said, 'utf8'))
  })
})
