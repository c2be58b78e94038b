import { expect, test } from 'bun:test'
import { join } from 'node:path'

const root = join(import.meta.dir, '..', '..', '..')

test('on a machine without a browser, every file that needs one is named as left out', async () => {
  const files = [...new Bun.Glob('apps/tienda/e2e/*.test.ts').scanSync(root)]
    .filter((file) => !file.endsWith('/left-out.test.ts'))
    .toSorted()
  expect(files.length).toBeGreaterThan(4)
  const child = Bun.spawn([process.execPath, 'test', '--only-failures', ...files], {
    cwd: root,
    env: { ...process.env, CHROMIUM_PATH: join(import.meta.dir, 'no-browser-here') },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const output = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  await child.exited
  const named = [
    ...output.join('\n').matchAll(/^LEFT OUT: (\S+) needs a browser\. .*CHROMIUM_PATH/gm),
  ]
  expect(named.map(([, file]) => file).toSorted()).toEqual(files)
}, 30_000)
