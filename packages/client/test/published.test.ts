import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { build as viteBuild } from 'vite'
import rootManifest from '../../../package.json'
import { build } from '../build/build.ts'

const startMs = 60_000
const work = mkdtempSync(join(tmpdir(), 'encargo-published-'))
const project = join(work, 'project')
const installed = join(project, 'node_modules/@encargo/client')

async function run(cwd: string, ...command: string[]): Promise<string> {
  const child = Bun.spawn(command, { cwd, stdout: 'pipe', stderr: 'pipe', stdin: 'ignore' })
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  if ((await child.exited) !== 0) throw new Error(`${command.join(' ')}:\n${output}\n${errors}`)
  return output
}

/** As whoever uses it has it: npm where there is one, else Bun. Nothing is fetched, as it needs nothing. */
async function install(tarball: string): Promise<void> {
  const npm = Bun.which('npm')
  if (npm === null) await run(project, process.execPath, 'add', tarball)
  else await run(project, npm, 'install', '--offline', '--no-audit', '--no-fund', tarball)
}

beforeAll(async () => {
  const dist = join(work, 'dist')
  mkdirSync(project)
  await Bun.write(join(project, 'package.json'), '{ "name": "outside", "type": "module" }')
  await build(dist)
  await run(dist, process.execPath, 'pm', 'pack')
  await install(join(dist, readdirSync(dist).find((name) => name.endsWith('.tgz')) ?? ''))
}, startMs)
afterAll(() => rmSync(work, { recursive: true, force: true }))

const program = `
import { createClient, unwrap } from '@encargo/client'
const client = createClient({ origin: 'http://127.0.0.1:3000' })
const { datos } = await unwrap(client.productos.productos.get({ query: { limite: 5 } }))
export const precios: number[] = datos.map(({ precio }) => precio)
// @ts-expect-error it is a number
export const nombres: string[] = datos.map(({ precio }) => precio)`

/** What Vite makes of a page that runs \`script\`, in one piece. */
async function bundled(script: string): Promise<string> {
  await Bun.write(join(project, 'index.html'), '<script type="module" src="/page.js"></script>')
  await Bun.write(join(project, 'page.js'), script)
  await viteBuild({ root: project, configFile: false, logLevel: 'error' })
  const assets = join(project, 'dist/assets')
  return await Bun.file(join(assets, readdirSync(assets)[0] ?? '')).text()
}

describe('the client as it is published', () => {
  test('names the workspace’s version, and nothing of the workspace', async () => {
    const text = await Bun.file(join(installed, 'package.json')).text()
    expect(text).not.toMatch(/workspace:|catalog:|ependencies|"scripts"/)
    const manifest = JSON.parse(text)
    expect(manifest).toMatchObject({
      name: '@encargo/client',
      version: rootManifest.version,
      license: 'MIT',
      sideEffects: false,
      publishConfig: { access: 'public', provenance: true },
    })
    const files = readdirSync(installed).filter((name) => !name.endsWith('.d.ts'))
    expect(files.sort()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json'])
  })

  test('has nothing that publint objects to', async () => {
    expect((await publint({ pkgDir: installed })).messages).toEqual([])
  })

  for (const moduleResolution of ['nodenext', 'bundler']) {
    test(
      `has its types where \`${moduleResolution}\` looks for them`,
      async () => {
        await Bun.write(join(project, 'program.ts'), program)
        const module = moduleResolution === 'nodenext' ? 'nodenext' : 'esnext'
        const lib = ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable']
        const rest = {
          strict: true,
          skipLibCheck: false,
          types: [],
          noEmit: true,
          target: 'ES2022',
        }
        const compilerOptions = { module, moduleResolution, lib, ...rest }
        const config = { compilerOptions, files: ['program.ts'] }
        await Bun.write(join(project, 'tsconfig.json'), JSON.stringify(config))
        await run(project, process.execPath, 'check', '--no-pretty')
      },
      startMs,
    )
  }

  test(
    'becomes part of a page that Vite builds, as far as the page uses it',
    async () => {
      const whole = await bundled(program.replaceAll(/: \w+\[\]/g, ''))
      expect(/node:|\brequire\(|process\.env/.exec(whole)).toBeNull()
      expect(Bun.gzipSync(whole).length).toBeWithin(8_000, 14_000)
      const little = await bundled(
        "import { newKey } from '@encargo/client'\ndocument.title = newKey()",
      )
      expect(little.length).toBeLessThan(2_500)
    },
    startMs,
  )
})
