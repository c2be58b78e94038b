import { afterAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { serviceNames } from '@encargo/service-kit/run/config'
import { fillShop, temporaryFolder } from '../audit/test-shop.ts'
import { root } from '../lib/install.ts'

const { folder, remove } = temporaryFolder('operations')
afterAll(remove)
const page = await Bun.file(join(root, 'docs', 'operations.md')).text()
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  )

describe('docs/operations.md', () => {
  test('shows commands that work as printed', async () => {
    const dataDir = join(folder, 'data')
    await fillShop(dataDir)
    const printed = blocks('sh operations')
    expect(printed).toHaveLength(3)
    const shell = Bun.spawn(['bash', '-euo', 'pipefail', '-c', printed.join('\n')], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        DATA_DIR: dataDir,
        BACKUP: join(folder, 'kept'),
        RESTORED: join(folder, 'restored'),
      },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [out, code] = [await new Response(shell.stdout).text(), await shell.exited]
    expect([
      code,
      await new Response(shell.stderr).text().then((text) => text.replaceAll(/^\$ .*\n/gm, '')),
    ]).toEqual([0, ''])
    expect(out.match(/Clean: everything that must hold does/g)).toHaveLength(3)
    expect(out).toContain(`Restored to ${join(folder, 'restored')} as of`)
  })

  test('names no command that package.json lacks', async () => {
    const { scripts } = await Bun.file(join(root, 'package.json')).json()
    const named = new Set([...page.matchAll(/bun run ([a-z-]+)/g)].map((match) => match[1] ?? ''))
    expect(named.size).toBeGreaterThan(5)
    for (const name of named) expect([name, name in scripts]).toEqual([name, true])
  })

  test('streams every database that there is', () => {
    const [yaml = ''] = blocks('yaml')
    for (const name of serviceNames) expect(yaml).toContain(`/${name}.db`)
    expect(yaml.match(/path: \/var/g)).toHaveLength(serviceNames.length)
  })

  test('names metrics that the services have', async () => {
    const sources = ['apps/*/src/**/*.ts', 'packages/service-kit/src/**/*.ts']
    const texts = sources.flatMap((glob) => [...new Bun.Glob(glob).scanSync(root)])
    const all = (await Promise.all(texts.map((path) => Bun.file(join(root, path)).text()))).join()
    // What a proxy and containers are told by has names of that form as well.
    const metrics = page.match(/`(?!proxy_|client_|stop_)[a-z]+(_[a-z]+){2,}`/g) ?? []
    expect(metrics.length).toBeGreaterThan(5)
    const unknown = metrics.filter((metric) => !all.includes(metric.replaceAll('`', "'")))
    expect(unknown).toEqual([])
  })

  test('names the reasons that /readyz gives', async () => {
    const errors = await Bun.file(join(root, 'packages/storage/src/errors.ts')).text()
    for (const reason of ['disk-full', 'locked', 'read-only', 'io', 'corrupt', 'overloaded']) {
      expect(page).toContain(`\`${reason}\``)
      expect(errors).toMatch(new RegExp(`^ {2}'?${reason}'?:`, 'm'))
    }
  })
})
