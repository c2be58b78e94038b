import { describe, expect, test } from 'bun:test'
import { root } from '../scripts/lib/install.ts'
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

  test('compares one process with four and each with its floor, and has nothing of it grow', () => {
    expect(parsed('--juntos').targets).toEqual(['system', 'juntos', 'floor', 'floor-juntos'])
    expect(parsed('--juntos', '--idle').form).toBe('juntos')
    expect(parsed('--juntos', '--all').modes).not.toContain('growth')
  })

  test('takes whose purchases are named, in their own order, and the code of another checkout', () => {
    expect(parsed('--targets', 'floor, juntos').targets).toEqual(['juntos', 'floor'])
    expect(parsed('--against', root).against).toBe(root)
  })

  test('has what grows, or is profiled, on PostgreSQL', () => {
    expect(parsed('--growth').postgres).toBe(false)
    expect(parsed('--growth', '--profile', '--postgres').postgres).toBe(true)
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
    [['--targets', 'floor,tienda'], "not 'tienda'"],
    [['--targets', 'floor', '--idle'], '--targets and --against go with --purchases alone.'],
    [['--against', import.meta.dir], 'the folder of a checkout, which'],
    [['--juntos', '--growth'], 'leave out --juntos'],
    [['--postgres', '--idle'], '--postgres goes with --growth and --profile;'],
  ])('refuses %p with a sentence that says why', (args, sentence) => {
    expect(() => parsed(...args)).toThrow(UsageError)
    expect(() => parsed(...args)).toThrow(sentence)
  })

  test('has a help text that names every mode', () => {
    for (const mode of modes) expect(help).toContain(`--${mode} `)
  })
})
