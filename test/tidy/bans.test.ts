import { describe, expect, test } from 'bun:test'
import { banFindings, banNames } from './bans.ts'
import { source, told, tree } from './tree.ts'

const domain = 'apps/auth/src/domain/a.ts'
const route = 'apps/auth/src/http/a.ts'
const suite = 'apps/auth/test/a.test.ts'
const main = 'apps/auth/src/main.ts'

/** Put together here, so that this file does not itself hold what it bans. */
const ts = (directive: string) => `// @ts-${directive}`
const lint = (directive: string) => `// oxlint-${directive}`
const later = (word: string) => `// ${word}: later`
const comment = (code: string) => `// ${code}`

/** For each ban sources that break it, and sources beside them that do not. */
const examples: Record<string, { broken: [string, string][]; kept: [string, string][] }> = {
  'has a clock, a timer, chance or ids of its own': {
    broken: [
      [domain, 'const a = Date.now()'],
      [domain, 'const a = new Date()'],
      [route, 'const a = new Date( )'],
      [route, 'const a = (now = Date.now) => now()'],
      [route, 'const a = { now: machineClock.epochMs }'],
      [domain, 'const a = Math.random()'],
      [domain, 'const a = crypto.randomUUID()'],
      [route, 'const a = Bun.randomUUIDv7()'],
      [route, 'setTimeout(a, 1)'],
      [route, 'const a = { timer: processTimer, sleep: Bun.sleep }'],
    ],
    kept: [
      [route, 'const a = new Date(ms)'],
      [domain, 'const a = now()'],
      [main, 'const a = Date.now()'],
      [suite, 'const a = Date.now()'],
      ['packages/service-kit/src/async/clock.ts', 'const a = Date.now()'],
    ],
  },
  'reads the machine in domain/': {
    broken: [
      [domain, 'const a = process.env.A'],
      [domain, 'const a = Bun.file(name)'],
    ],
    kept: [
      [domain, "const a = new Bun.CryptoHasher('sha256')"],
      [route, 'const a = Bun.file(name)'],
    ],
  },
  'acts in domain/': {
    broken: [
      [domain, 'const a = () => fetch(url)'],
      [domain, 'queueMicrotask(a)'],
    ],
    kept: [[domain, 'const a = prefetch(url)']],
  },
  'asks Intl how many decimals a currency has': {
    broken: [
      [route, 'const { maximumFractionDigits = 2 } = format.resolvedOptions()'],
      [main, 'const digits = format.resolvedOptions().minimumFractionDigits'],
    ],
    kept: [
      [route, 'const format = new Intl.NumberFormat(region, { maximumFractionDigits: digits })'],
      [route, 'const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()'],
    ],
  },
  'needs a page that came with TLS': {
    broken: [
      ['apps/tienda/src/pages/venta.tsx', 'const key = crypto.randomUUID()'],
      ['packages/client/src/tabs.ts', 'await navigator.locks.request(name, work)'],
    ],
    kept: [
      ['apps/tienda/src/server/reenvio.ts', 'const key = crypto.randomUUID()'],
      ['packages/client/src/environment.ts', 'crypto.getRandomValues(bytes)'],
    ],
  },
  'sleeps in a test': {
    broken: [
      [suite, 'await Bun.sleep(10)'],
      [suite, 'await new Promise((done) => setTimeout(done, 10))'],
      ['test/system/walk.ts', 'await sleep(5)'],
    ],
    kept: [
      [suite, 'await settled()'],
      [suite, 'await Bun.sleep(0)'],
      [suite, '// The lock is held in real time.\nawait Bun.sleep(150)'],
      [suite, 'const options = { sleep: () => slept.push(1) }'],
      [route, 'setTimeout(a, 1)'],
    ],
  },
  'leaves a test out': {
    broken: [
      [suite, "test.skip('a', () => {})"],
      [suite, "describe.only('a', () => {})"],
      [suite, "test.todo('a')"],
      [suite, "test.skipIf(windows)('a', () => {})"],
    ],
    kept: [
      [suite, "test('skips nothing', () => {})"],
      [route, 'parser.skip()'],
    ],
  },
  'writes `any`': {
    broken: [
      [route, 'const a = b as any'],
      [route, 'const a: any = 1'],
      [route, 'function a(b: any, c: any) {}'],
      [route, 'const a: Record<string, any> = {}'],
      [suite, 'const a: any[] = []'],
    ],
    kept: [
      [route, 'const a = b as unknown'],
      [route, 'const any = 1'],
      [route, '// any of them'],
    ],
  },
  'casts twice': {
    broken: [[route, 'const a = b as unknown as C']],
    kept: [[route, 'const a = b as C']],
  },
  prints: {
    broken: [
      [route, 'console.log(1)'],
      [domain, 'process.stdout.write(a)'],
      ['packages/storage/src/a.ts', 'console.error(1)'],
    ],
    kept: [
      [main, 'console.log(1)'],
      ['scripts/seed.ts', 'console.log(1)'],
      ['packages/service-kit/src/run/run.ts', 'console.log(1)'],
    ],
  },
  'ends the process': {
    broken: [[route, 'process.exit(1)']],
    kept: [['packages/service-kit/src/run/run.ts', 'process.exit(1)']],
  },
  'reads the environment': {
    broken: [
      ['apps/auth/src/config.ts', 'const a = process.env.A'],
      ['packages/client/src/a.ts', "const a = Bun.env['A']"],
    ],
    kept: [[main, 'await runService(start, process.env)']],
  },
  'stops for a debugger': {
    broken: [[route, 'debugger']],
    kept: [[route, 'const debuggerOf = 1']],
  },
  'acts on import': {
    broken: [
      [route, 'await open()'],
      [route, 'setInterval(a, 1)'],
      [route, 'app.listen(8000)'],
      [route, 'const app = createApp(deps).listen(8000)'],
      [route, 'export const storage = openStorage(options)'],
      [route, 'const server = Bun.serve({})'],
      [route, 'new Server(1)'],
      [route, 'void start()'],
    ],
    kept: [
      [route, 'export const a = new Elysia()'],
      [route, 'const f = () => {\n  setInterval(a, 1)\n}'],
      [route, 'if (a) {\n  b()\n}'],
      [route, 'export function serve(a: number) {\n  return listen(a)\n}'],
      [main, 'if (import.meta.main) await runService(start)'],
    ],
  },
  'silences the type checker': {
    broken: [
      [route, ts('ignore -- why')],
      [suite, ts('expect-error')],
      [suite, ts('nocheck')],
    ],
    kept: [[suite, ts('expect-error -- no such field')]],
  },
  'silences the linter without a reason': {
    broken: [[route, lint('disable-next-line no-shadow')]],
    kept: [[route, lint('disable-next-line no-shadow -- the outer one is over')]],
  },
  postpones: {
    broken: [
      [route, later('TODO')],
      [suite, later('FIXME')],
    ],
    kept: [[route, 'const TODO = 1']],
  },
  'keeps code in a comment': {
    broken: [
      [route, comment('const a = 1')],
      [route, comment('await open(1)')],
      [route, comment("import { a } from 'b'")],
    ],
    kept: [
      [route, '// If it is there, return it.'],
      [route, '// A const is enough.'],
    ],
  },
}

describe('the bans', () => {
  for (const what of banNames) {
    test(`on what ${what}: proven by what breaks it and what does not`, () => {
      const { broken = [], kept = [] } = examples[what] ?? {}
      expect(broken.length).toBeGreaterThan(0)
      expect(kept.length).toBeGreaterThan(0)
      const flagged = ([path, text]: [string, string]) =>
        banFindings(source(path, text)).some((one) => one.what === what)
      expect(broken.filter((one) => !flagged(one))).toEqual([])
      expect(kept.filter(flagged)).toEqual([])
    })
  }

  test('hold everywhere', () => {
    expect(told(tree.flatMap(banFindings))).toEqual([])
  })
})
