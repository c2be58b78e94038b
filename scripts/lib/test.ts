import { type Cluster, makeCluster, postgresPrograms } from '@encargo/storage/testing/cluster'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namesOrEnd } from './command-line.ts'
import { type Duration, durationsIn, printSlowest } from './durations.ts'
import { root } from './install.ts'
import { compileMains } from './mains.ts'
import { onPostgres } from './on-postgres.ts'

const help = `Usage: bun run test [--watch] [name...]

Everything that must hold: formatting, lint, types (type tests included) and all tests. With names,
only tests: the name of a service or package means all of its own but those in a browser, anything
else the test files whose path contains it. What the services keep is then tested on PostgreSQL, where
that is installed. The last line counts every check and every test.

  --watch   stay, and after each save run the test files that it can reach`

interface Counts {
  readonly passed: number
  readonly failed: number
  /** Of each test file. */
  readonly durations?: readonly Duration[]
}

const bun = (...args: string[]) => [process.execPath, ...args]

/** The checks that are not test files; each counts as one. */
const checks = [
  { name: 'formatting', command: bun('fmt', '--no-script', '--check'), mend: 'bun run fmt' },
  { name: 'lint', command: bun('x', '--bun', 'oxlint'), mend: 'bun run lint' },
  { name: 'types', command: bun('check', '--no-script', '--build'), mend: 'bun run check' },
  // Once, so that no start of tienda among the tests has to.
  { name: 'pages', command: bun('apps/tienda/construir.ts'), mend: 'bun run setup' },
] as const

async function runCheck(check: (typeof checks)[number]): Promise<Counts> {
  const started = performance.now()
  const child = Bun.spawn(check.command, {
    cwd: root,
    stdout: 'pipe',
    stderr: 'pipe',
    stdin: 'ignore',
  })
  const output = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  const ok = (await child.exited) === 0
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${ok ? 'pass' : 'FAIL'}  ${check.name} (${seconds} s)`)
  if (!ok) console.log(`${output.join('')}\nSee it alone with: ${check.mend}`)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

function attribute(xml: string, name: string): number {
  const root = /<testsuites\b[^>]*>/.exec(xml)?.[0] ?? ''
  return Number(new RegExp(`\\b${name}="(\\d+)"`).exec(root)?.[1] ?? 'NaN')
}

/** The counts that the JUnit report gives; a run that left no report has failed. */
async function readReport(file: string, exitCode: number): Promise<Counts> {
  const report = Bun.file(file)
  if (!(await report.exists())) return { passed: 0, failed: 1 }
  const xml = await report.text()
  const failed = attribute(xml, 'failures')
  const passed = attribute(xml, 'tests') - failed - attribute(xml, 'skipped')
  if (Number.isNaN(passed)) return { passed: 0, failed: 1 }
  // A file that can't even be loaded makes no test case, but it fails the run.
  const durations = durationsIn(xml)
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed, durations }
}

/** What `bun test` is to be told of names: a service's or package's folder, else the name itself. */
function selected(names: readonly string[]): string[] {
  const folders = ['apps', 'packages']
  const paths = names.map((name) => {
    const folder = folders.find((one) => existsSync(join(root, one, name, 'package.json')))
    return folder ? `./${folder}/${name}/` : name
  })
  const whole = paths.some((path) => path.startsWith('./'))
  return whole ? ['--path-ignore-patterns=apps/*/e2e/**', ...paths] : paths
}

type Extra = Readonly<Record<string, string>>

/** `bun test` with what the suite needs, on the terminal; answers its exit code. */
async function bunTest(extra: Extra, ...args: string[]): Promise<number> {
  const always = ['test', '--no-orphans', '--timeout=60000', '--only-failures']
  const child = Bun.spawn(bun(...always, ...args), {
    cwd: root,
    stdout: 'inherit',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, NODE_ENV: 'test', ...extra },
  })
  return await child.exited
}

async function runTests(paths: readonly string[], extra: Extra): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-test-'))
  const report = join(folder, 'junit.xml')
  const junit = ['--reporter=junit', `--reporter-outfile=${report}`]
  // What takes long starts first, so that both end together.
  const order = `--timings=${join(import.meta.dir, 'durations.json')}`
  try {
    // Files share a process: to load the services anew for each took a tenth of the run. There is one more of
    // those than cores, as tests that start processes or a browser wait for them half the time.
    const shared = ['--parallel=3', '--no-isolate', order]
    return await readReport(report, await bunTest(extra, ...shared, ...junit, ...paths))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The files of the second lane, of those that are asked for. */
function inSecondLane(names: readonly string[]): string[] {
  const files = onPostgres.flatMap((path) => [
    ...(path.endsWith('.ts') ? [path] : new Bun.Glob(`${path}/**/*.test.ts`).scanSync(root)),
  ])
  const asked = selected(names).map((path) => path.replace(/^\.\//, ''))
  return files
    .filter((file) => names.length === 0 || asked.some((name) => file.includes(name)))
    .map((file) => `./${file}`)
}

/** Runs the tests; those of services that keep their data in a database a second time, on PostgreSQL. */
async function runLanes(
  names: readonly string[],
  cluster: Cluster | undefined,
  more: Extra,
): Promise<Counts[]> {
  // Empty: there is none, and it has been said.
  const TEST_DATABASE_URL = cluster?.url ?? process.env['TEST_DATABASE_URL'] ?? ''
  const lane = TEST_DATABASE_URL === '' ? [] : inSecondLane(names)
  const counts = [await runTests(selected(names), { ...more, TEST_DATABASE_URL })]
  if (lane.length === 0) return counts
  console.log(`\nOn PostgreSQL, ${lane.length} test files:`)
  return [...counts, await runTests(lane, { ...more, TEST_DATABASE_URL, TEST_ENGINE: 'postgres' })]
}

/** Says what is left out without PostgreSQL, which counts as a failure where NEEDS_POSTGRES is set. */
function withoutPostgres(): Counts[] {
  const needed = process.env['NEEDS_POSTGRES'] !== undefined
  const files = inSecondLane([]).length
  console.log(
    `${needed ? 'FAIL' : 'left out'}  PostgreSQL is not installed: its own tests, and ${files} files on it`,
  )
  return needed ? [{ passed: 0, failed: 1 }] : []
}

/** Runs everything, prints the true counts as the last line, and exits 1 if anything failed. */
export async function test(args: readonly string[]): Promise<void> {
  const watch = '--watch'
  const given = args.filter((arg) => arg !== watch)
  const names = namesOrEnd(given, help)
  if (given.length < args.length) {
    process.exit(await bunTest({}, watch, '--isolate', '--changed', ...selected(names)))
  }
  const results: Counts[] = []
  if (names.length === 0) for (const check of checks) results.push(await runCheck(check))
  // A few files are tried sooner than these are made.
  const compiled = names.length === 0 ? mkdtempSync(join(tmpdir(), 'encargo-mains-')) : undefined
  if (compiled) await compileMains(compiled)
  const named = Boolean(process.env['TEST_DATABASE_URL'])
  const cluster = !named && postgresPrograms() ? makeCluster() : undefined
  if (!named && !cluster) results.push(...withoutPostgres())
  results.push(...(await runLanes(names, cluster, compiled ? { TEST_MAINS: compiled } : {})))
  if (compiled) rmSync(compiled, { recursive: true, force: true })
  cluster?.remove()
  const passed = results.reduce((sum, one) => sum + one.passed, 0)
  const failed = results.reduce((sum, one) => sum + one.failed, 0)
  printSlowest(results.flatMap(({ durations = [] }) => durations))
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
