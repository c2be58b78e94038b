import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { misfits } from './lockfile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'encargo-install-'))
  for (const file of ['install.ts', 'begin-again.ts', 'lockfile.ts']) {
    cpSync(join(import.meta.dir, file), join(folder, 'scripts', 'lib', file))
  }
  write(
    'dev.ts',
    "import { ensureInstalled } from './scripts/lib/install.ts'\nawait ensureInstalled()",
  )
  write('run.ts', "import { requireInstalled } from './scripts/lib/install.ts'\nrequireInstalled()")
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content))
}

function command(file: string, ...args: readonly string[]) {
  return Bun.spawn([process.execPath, join(folder, file), ...args], {
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
}

async function ended(child: ReturnType<typeof command>) {
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { out, err, code }
}

/** A checkout whose packages need each other alone, so that installing them takes no network. */
async function checkout(): Promise<void> {
  const names = Array.from({ length: 40 }, (_, at) => `part-${at}`)
  write('bunfig.toml', '[install]\nlinker = "hoisted"\n')
  write('package.json', { name: 'shop', workspaces: ['packages/*'] })
  for (const name of names) {
    const dependencies = Object.fromEntries(
      names.filter((one) => one !== name).map((one) => [one, 'workspace:*']),
    )
    write(`packages/${name}/package.json`, { name, version: '1.0.0', dependencies })
  }
  const install = Bun.spawn([process.execPath, 'install'], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'ignore',
  })
  expect(await install.exited).toBe(0)
  rmSync(join(folder, 'node_modules'), { recursive: true })
}

describe('a command that installs', () => {
  test('may be typed six times at the same moment in a fresh checkout', async () => {
    await checkout()
    const all = await Promise.all(Array.from({ length: 6 }, () => ended(command('dev.ts'))))
    expect(all.map(({ err, code }) => ({ err, code }))).toEqual(
      all.map(() => ({ err: '', code: 0 })),
    )
    expect(misfits(folder)).toEqual([])
  })

  test('finds what it installed in workers as well, the first time in a fresh checkout', async () => {
    await checkout()
    write('packages/part-0/index.ts', "export const said = 'found'")
    write('packages/part-1/worker.ts', "import { said } from 'part-0'\npostMessage(said)")
    write(
      'dev.ts',
      `import { ensureInstalled } from './scripts/lib/install.ts'
       await ensureInstalled()
       const worker = new Worker(new URL('./packages/part-1/worker.ts', import.meta.url))
       worker.onmessage = ({ data }) => { console.log(process.argv[2], data); process.exit() }`,
    )
    const { out, err, code } = await ended(command('dev.ts', 'as asked:'))
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toEndWith('as asked: found\n')
  })

  test('waits for another that installs, and not for one that was killed', async () => {
    await checkout()
    write(
      'holder.ts',
      `import { Database } from 'bun:sqlite'
       import { mkdirSync } from 'node:fs'
       mkdirSync('${folder}/node_modules')
       const lock = new Database('${folder}/node_modules/.encargo-install.lock')
       lock.run('BEGIN EXCLUSIVE')
       console.log('held')
       await new Promise(() => setInterval(() => {}, 1e6))`,
    )
    const holder = command('holder.ts')
    expect((await holder.stdout.getReader().read()).done).toBe(false)
    const child = command('dev.ts')
    const reader = child.stdout.getReader()
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toContain('Another command is installing')
    expect(existsSync(join(folder, 'node_modules', 'part-0'))).toBe(false)
    holder.kill('SIGKILL')
    expect(await child.exited).toBe(0)
    expect(misfits(folder)).toEqual([])
  })
})

/** What is installed by hand here, and a lockfile that wants `shelf` at 2.0.0 inside of `cart`. */
function installed(versions: Readonly<Record<string, string>>): void {
  write(
    'bun.lock',
    `{
      "lockfileVersion": 1,
      "workspaces": {
        "": { "name": "shop", "devDependencies": { "linter": "1.0.0" } },
        "apps/till": { "name": "@shop/till", "dependencies": { "cart": "^1.0.0", "shelf": "^1.0.0" } },
      },
      "packages": {
        "@shop/till": ["@shop/till@workspace:apps/till"],
        "cart": ["cart@1.4.0", "", { "dependencies": { "shelf": "^2.0.0" } }, "sha512-x"],
        "cart/shelf": ["shelf@2.0.0", "", {}, "sha512-x"],
        "linter": ["linter@1.0.0", "", {}, "sha512-x"],
        "shelf": ["shelf@1.0.0", "", {}, "sha512-x"],
      },
    }`,
  )
  for (const [place, version] of Object.entries(versions)) {
    const name = place.split('/').at(-1)
    write(`node_modules/${place}/package.json`, { name, version })
  }
}
const right = { cart: '1.4.0', 'cart/node_modules/shelf': '2.0.0', shelf: '1.0.0' }

describe('a command that runs where the shop does', () => {
  test('goes on when all that it needs is there, with or without what development needs', async () => {
    installed(right)
    expect(await ended(command('run.ts'))).toEqual({ out: '', err: '', code: 0 })
  })

  const wrong: [string, Readonly<Record<string, string>>, string][] = [
    ['nothing is installed', {}, 'cart and 2 more'],
    [
      'something is of another version inside of a package',
      { ...right, 'cart/node_modules/shelf': '2.0.1' },
      'cart/shelf',
    ],
    ['something is older than the lockfile', { ...right, shelf: '0.9.0' }, 'shelf'],
  ]
  for (const [what, versions, named] of wrong) {
    test(`says in one sentence what to run when ${what}, and installs nothing`, async () => {
      installed(versions)
      const before = readdirSync(folder, { recursive: true }).sort()
      const { out, err, code } = await ended(command('run.ts'))
      expect({ out, code }).toEqual({ out: '', code: 1 })
      expect(err).toBe(
        `Dependencies are missing or not as bun.lock says (${named}): run "bun run setup" in ${folder}, as its owner.\n`,
      )
      expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before)
      expect(existsSync(join(folder, 'node_modules', 'linter'))).toBe(false)
    })
  }
})
