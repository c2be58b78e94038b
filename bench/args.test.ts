import { describe, expect, test } from 'bun:test'
import { parseCommand, UsageError } from '../scripts/lib/command-line.ts'
import { benchOptions, chooseBench, help, modes } from './args.ts'

const parsed = (...args: string[]) => chooseBench(parseCommand(args, benchOptions).values)

describe('the command line of the benchmark', () => {
  test('without arguments compares purchases of system and floor', () => {
    const options = parsed()
    expect(options.modes).toEqual(['purchases'])
    expect(options.targets).toEqual(['system', 'floor'])
    expect(options.shoppers).toEqual([1, 8, 32, 128])
    expect(options.keys).toBe('v7')
  })

  test('takes what was named and nothing else', () => {
    expect(parsed('--idle').modes).toEqual(['idle'])
    expect(parsed('--hot', '--purchases').modes).toEqual(['purchases', 'hot'])
    expect(parsed('--all').modes).toEqual([...modes])
  })

  test('reads seconds into milliseconds and sorts the sizes', () => {
    expect(parsed('--seconds', '3').roundMs).toBe(3000)
    expect(parsed('--sizes', '5000, 1000').sizes).toEqual([1000, 5000])
  })

  test.each([
    [['--shoppers', '0'], '--shoppers must be a whole number from 1 to 1024, got "0".'],
    [['--shoppers', '8,'], '--shoppers must be a whole number from 1 to 1024, got "".'],
    [['--rounds', '1e3'], '--rounds must be a whole number from 1 to 100, got "1e3".'],
    [['--seconds', '-1'], '--help says what there is'],
    [['--keys', 'v1'], "--keys takes v7, v4, none, not 'v1'."],
    [['--fast'], "Unknown option '--fast'"],
    [['hot'], '"hot" means nothing; --help says more.'],
    [['--floor-only', '--system-only'], 'exclude each other'],
    [['--floor-only', '--idle'], '--floor-only goes with --purchases'],
  ])('refuses %p with a sentence that says why', (args, sentence) => {
    expect(() => parsed(...args)).toThrow(UsageError)
    expect(() => parsed(...args)).toThrow(sentence)
  })

  test('has a help text that names every mode', () => {
    for (const mode of modes) expect(help).toContain(`--${mode} `)
  })
})
