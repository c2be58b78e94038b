import { describe, expect, test } from 'bun:test'
import { parseCommand } from '../../scripts/lib/command-line.ts'
import { chooseTienda, help, parts, tiendaOptions } from './args.ts'
import { goods } from './goods.ts'
import type { Judgement } from './lighthouse.ts'
import type { Round } from './measure.ts'
import { bytesFinding, inputFinding, lighthouseFinding, paintFinding } from './report.ts'

const parsed = (...args: string[]) => chooseTienda(parseCommand(args, tiendaOptions).values)

describe('the command line of bench:tienda', () => {
  test('measures everything unless told otherwise, and explains each part', () => {
    expect(parsed()).toMatchObject({ parts: [...parts], rounds: 5, products: 10_000 })
    expect(parsed('--only', 'lighthouse,script')).toMatchObject({
      parts: ['script', 'lighthouse'],
    })
    for (const part of parts) expect(help).toContain(part)
  })

  test('says what cannot be, with what arrived', () => {
    expect(() => parsed('--only', 'speed')).toThrow(/--only takes .* got "speed"/)
    expect(() => parsed('--rounds', '0')).toThrow(/--rounds .* got "0"/)
    expect(() => parsed('--fast')).toThrow(/--fast/)
  })
})

describe('the goods of the benchmark', () => {
  test('are many, each with a SKU and a name of its own, and some are sold out', () => {
    const all = goods(10_000)
    expect(new Set(all.map(({ sku }) => sku)).size).toBe(10_000)
    expect(new Set(all.map(({ nombre }) => nombre)).size).toBe(10_000)
    expect(all.some(({ cantidad }) => cantidad === 0)).toBe(true)
    expect(new Set(all.map(({ categoria }) => categoria)).size).toBeGreaterThan(5)
  })
})

const round = (catalogue: number, typing: number): Round => ({
  paints: new Map([
    ['bare', { slowed: 9_000, plain: 1 }],
    ['catalogue', { slowed: catalogue, plain: 1 }],
  ]),
  paintOf: new Map(),
  threads: new Map(),
  waits: new Map([
    ['bare', new Map([['type', 900]])],
    ['catalogue', new Map([['type', typing]])],
  ]),
})

const judgement = (performance: number): Judgement => ({
  scores: { performance, accessibility: 100, 'best-practices': 100 },
  benchmarkIndex: 2_000,
  faults: ['total-blocking-time 900 ms'],
})

describe('what counts as wrong', () => {
  test('is a median beyond its limit, whatever the bare page took', () => {
    const good = [round(1_400, 96), round(9_000, 400), round(1_300, 90)]
    expect(paintFinding(good, 4).wrong).toEqual([])
    expect(inputFinding(good, 4).wrong).toEqual([])
    const bad = [round(1_500, 100)]
    expect(paintFinding(bad, 4).wrong).toEqual([
      'catalogue: largest contentful paint after 1500 ms',
    ])
    expect(inputFinding(bad, 4).wrong).toEqual(['catalogue, type: 100 ms until the paint'])
    expect(bytesFinding(149 * 1024).wrong).toEqual([])
    expect(bytesFinding(150 * 1024).wrong).toEqual(['150 KiB of script on the first visit'])
  })

  test('is a score below 95, with what cost the points', () => {
    const fine = new Map([['catalogue', [judgement(96), judgement(95), judgement(20)]]])
    expect(lighthouseFinding(fine).wrong).toEqual([])
    const poor = new Map([['catalogue', [judgement(94)]]])
    expect(lighthouseFinding(poor).wrong).toEqual([
      'catalogue: Lighthouse gives performance 94 (total-blocking-time 900 ms)',
    ])
  })

  test('is also what was not measured', () => {
    expect(paintFinding([round(Number.NaN, 1)], 4).wrong).toHaveLength(1)
    expect(inputFinding([round(1, Number.NaN)], 4).wrong).toHaveLength(1)
  })
})
