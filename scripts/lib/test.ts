import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namesOrEnd } from './command-line.ts'
import { root } from './install.ts'

const help = `Usage: bun run test [pattern...]

Everything that must hold: formatting, lint, types (type tests included) and all tests. With
patterns, only the test files whose path contains one of them. The last line counts every check
and every test.`

interface Counts {
  readonly passed: number
  readonly failed: number
}

const bun = (...args: string[]) => [process.execPath, ...args]

/** The checks that are not test files; each counts as one. */
const checks = [
  { name: 'formatting', command: bun('fmt', '--no-script', '--check'), mend: 'bun run fmt' },
  { name: 'lint', command: bun('x', '--bun', 'oxlint'), mend: 'bun run lint' },
  { name: 'types', command: bun('check', '--no-script', '--build'), mend: 'bun run check' },
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
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed }
}

async function runTests(patterns: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-test-'))
  const report = join(folder, 'junit.xml')
  try {
    const child = Bun.spawn(
      bun(
        'test',
        '--no-orphans',
        '--parallel=2',
        '--timeout=60000',
        '--only-failures',
        '--reporter=junit',
        `--reporter-outfile=${report}`,
        ...patterns,
      ),
      {
        cwd: root,
        stdout: 'inherit',
        stderr: 'inherit',
        stdin: 'ignore',
        env: { ...process.env, NODE_ENV: 'test' },
      },
    )
    return await readReport(report, await child.exited)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs everything, prints the true counts as the last line, and exits 1 if anything failed. */
export async function test(args: readonly string[]): Promise<void> {
  const patterns = namesOrEnd(args, help)
  const results: Counts[] = []
  if (patterns.length === 0) for (const check of checks) results.push(await runCheck(check))
  results.push(await runTests(patterns))
  const passed = results.reduce((sum, one) => sum + one.passed, 0)
  const failed = results.reduce((sum, one) => sum + one.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
