import { median } from '../stats.ts'
import { figure, type Table } from '../table.ts'
import { categories, type Category, type Judgement } from './lighthouse.ts'
import type { Round } from './measure.ts'

/** What the shop window must reach. */
export const limits = {
  scriptKiB: 150,
  paintMs: 1_500,
  inputMs: 100,
  score: 95,
} as const

export interface Finding {
  readonly table: Table
  /** Limits that are not kept, as sentences. */
  readonly wrong: readonly string[]
}

const span = (values: readonly number[]) =>
  `${figure(Math.min(...values))} to ${figure(Math.max(...values))}`

export function bytesFinding(bytes: number): Finding {
  const kib = bytes / 1024
  return {
    table: {
      title: 'Script on the first visit of the catalogue, compressed as sent',
      columns: ['what', 'KiB', 'limit'],
      rows: [['script', figure(kib), String(limits.scriptKiB)]],
    },
    wrong: kib < limits.scriptKiB ? [] : [`${figure(kib)} KiB of script on the first visit`],
  }
}

export function paintFinding(rounds: readonly Round[], slowdown: number): Finding {
  const names = [...(rounds[0]?.paints.keys() ?? [])]
  const of = (name: string, pick: 'slowed' | 'plain') =>
    rounds.map(({ paints }) => paints.get(name)?.[pick] ?? Number.NaN)
  const slow = (name: string) => median(of(name, 'slowed'))
  const wrong = names
    .filter((name) => name !== 'bare' && !(slow(name) < limits.paintMs))
    .map((name) => `${name}: largest contentful paint after ${figure(slow(name))} ms`)
  return {
    table: {
      title: `Largest contentful paint, ms: medians of ${rounds.length} rounds, nothing in the cache`,
      columns: [
        'page',
        `${slowdown}x slower`,
        'from to',
        'as it is',
        'limit',
        'thread',
        'what is painted',
      ],
      rows: names.map((name) => [
        name,
        figure(slow(name)),
        span(of(name, 'slowed')),
        figure(median(of(name, 'plain'))),
        name === 'bare' ? '' : String(limits.paintMs),
        figure(median(rounds.map(({ threads }) => threads.get(name) ?? Number.NaN))),
        rounds[0]?.paintOf.get(name) ?? '',
      ]),
      notes: [
        'bare: a page with one line of text, which tells how fast the machine was just then.',
        'thread: CPU of the page’s own thread until all is there, not slowed, whatever else runs.',
      ],
    },
    wrong,
  }
}

export function inputFinding(rounds: readonly Round[], slowdown: number): Finding {
  const [first] = rounds
  const actions = [...(first?.waits ?? [])].flatMap(([page, waits]) =>
    [...waits.keys()].map((action) => ({ page, action })),
  )
  const of = ({ page, action }: { page: string; action: string }) =>
    rounds.map(({ waits }) => waits.get(page)?.get(action) ?? Number.NaN)
  const wrong = actions
    .filter((one) => one.page !== 'bare' && !(median(of(one)) < limits.inputMs))
    .map((one) => `${one.page}, ${one.action}: ${figure(median(of(one)))} ms until the paint`)
  return {
    table: {
      title: `Worst wait from an input to the paint after it, ${slowdown}x slower, ms: medians of ${rounds.length} rounds`,
      columns: ['page: what one does', 'worst', 'from to', 'limit'],
      rows: actions.map((one) => [
        `${one.page}: ${one.action}`,
        figure(median(of(one))),
        span(of(one)),
        one.page === 'bare' ? '' : String(limits.inputMs),
      ]),
      notes: ['Event Timing notes nothing below 16 ms, and counts in steps of 8: 0 is below 16.'],
    },
    wrong,
  }
}

const scoreOf = (one: readonly Judgement[], category: Category) =>
  median(one.map(({ scores }) => scores[category]))

export function lighthouseFinding(judged: ReadonlyMap<string, readonly Judgement[]>): Finding {
  const all = [...judged]
  const wrong = all.flatMap(([page, one]) =>
    categories
      .filter((category) => !(scoreOf(one, category) >= limits.score))
      .map((category) => {
        const why = one[0]?.faults.slice(0, 5).join('; ') ?? ''
        return `${page}: Lighthouse gives ${category} ${scoreOf(one, category)} (${why})`
      }),
  )
  return {
    table: {
      title: `Lighthouse, medians of ${all[0]?.[1].length ?? 0} runs, at least ${limits.score}`,
      columns: ['page', ...categories, 'machine'],
      rows: all.map(([page, one]) => [
        page,
        ...categories.map((category) => String(scoreOf(one, category))),
        figure(median(one.map(({ benchmarkIndex }) => benchmarkIndex))),
      ]),
      notes: ['machine: Lighthouse’s own measure of it; below some 1500, it is busy or slow.'],
    },
    wrong,
  }
}
