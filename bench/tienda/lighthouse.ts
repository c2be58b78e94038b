import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/**
 * Run by name instead of being a dependency: with what it brings along, it is 176 MB in 113
 * packages, three quarters of all that this project installs, for one optional measurement.
 */
export const lighthousePackage = 'lighthouse@13.5.0'

export const categories = ['performance', 'accessibility', 'best-practices'] as const
export type Category = (typeof categories)[number]

const Score = Type.Object({ score: Type.Union([Type.Number(), Type.Null()]) })
const Audit = Type.Object({
  id: Type.String(),
  score: Type.Union([Type.Number(), Type.Null()]),
  scoreDisplayMode: Type.String(),
  displayValue: Type.Optional(Type.String()),
})
const Report = Type.Object({
  categories: Type.Object({
    performance: Score,
    accessibility: Score,
    'best-practices': Score,
  }),
  audits: Type.Record(Type.String(), Audit),
  environment: Type.Object({ benchmarkIndex: Type.Number() }),
  runtimeError: Type.Optional(Type.Object({ message: Type.String() })),
})

export interface Judgement {
  /** 0 to 100. */
  readonly scores: Readonly<Record<Category, number>>
  /** How fast the machine was at that moment, by Lighthouse's own measure. */
  readonly benchmarkIndex: number
  /** What cost points, worst first. */
  readonly faults: readonly string[]
}

const attempts = 3

/** Runs it, and again when it says itself that another run may go better, as after a lost trace. */
async function run(args: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const child = Bun.spawn([process.execPath, 'x', '--bun', lighthousePackage, ...args], {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const texts = [new Response(child.stdout).text(), new Response(child.stderr).text()]
    const output = (await Promise.all(texts)).join('')
    if ((await child.exited) === 0) return
    if (attempt === attempts || !output.includes('run Lighthouse again')) {
      throw new Error(`Lighthouse did not run:\n${output}`)
    }
  }
}

/**
 * Lighthouse's view of one page, as on its telephone: processor slowed four times, slow 4G. It
 * empties the browser's cache and leaves cookies and storage, so who is logged in stays so.
 */
export async function judge(url: string, port: number, folder: string): Promise<Judgement> {
  const file = `${folder}/lighthouse.json`
  await run([
    url,
    `--port=${port}`,
    `--only-categories=${categories.join(',')}`,
    '--output=json',
    `--output-path=${file}`,
    '--no-enable-error-reporting',
    '--quiet',
  ])
  const report = Value.Parse(Report, await Bun.file(file).json())
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`)
  const points = (category: Category) => Math.round((report.categories[category].score ?? 0) * 100)
  return {
    scores: {
      performance: points('performance'),
      accessibility: points('accessibility'),
      'best-practices': points('best-practices'),
    },
    benchmarkIndex: report.environment.benchmarkIndex,
    faults: Object.values(report.audits)
      .flatMap((audit) =>
        audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative'
          ? [{ ...audit, score: audit.score }]
          : [],
      )
      .toSorted((left, right) => left.score - right.score)
      .map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim()),
  }
}
