import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { root } from '../lib/install.ts'
import { copyShop, type Filled, fillShop, temporaryFolder } from './test-shop.ts'
import { spoil } from './test-spoil.ts'
import { mkdirSync } from 'node:fs'
import { ended } from '../../test/system/ended.ts'

const { folder, remove } = temporaryFolder('commands')
const healthy = join(folder, 'healthy')
const broken = join(folder, 'broken')
let shop: Filled
beforeAll(async () => {
  shop = await fillShop(healthy)
  mkdirSync(broken)
  copyShop(healthy, broken)
  spoil(broken, 'pedidos', `UPDATE pedidos SET total = 1 WHERE numero = 1`)
})
afterAll(remove)

/** Runs a command as people do, with the environment and folder of its caller. */
async function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
  return await ended([process.execPath, join(root, 'scripts', script), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
}

describe('bun run audit', () => {
  test('shows a table and exits 0 when everything holds', async () => {
    const { out, err, code } = await run('audit.ts', ['--data', healthy])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/checked +in flight +wrong/)
    expect(out).toMatch(/Each order agrees with its reservation +4 +0 +0/)
    expect(out).toContain('Clean: everything that must hold does')
  })

  test('takes the folder from DATA_DIR as well', async () => {
    const { code } = await run('audit.ts', [], { DATA_DIR: healthy })
    expect(code).toBe(0)
  })

  test('adds a line for each discrepancy and exits 1', async () => {
    const { out, code } = await run('audit.ts', ['--data', broken])
    expect(code).toBe(1)
    expect(out).toContain(
      `WRONG      order 1 (${shop.pendiente.id}): total is 1, its lines add up to 2250.`,
    )
    expect(out).toContain('1 discrepancy')
  })

  test('says the same as JSON for programs', async () => {
    const { out, code } = await run('audit.ts', ['--data', broken, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      clean: false,
      omitted: 0,
      discrepancies: [{ invariant: 'totals', subject: `order 1 (${shop.pendiente.id})` }],
    })
  })

  const unusable: readonly [string, readonly string[], RegExp][] = [
    [
      'a folder without data',
      ['--data', '/nowhere'],
      /There is no database \/nowhere\/pedidos\.db/,
    ],
    ['an option that there is not', ['--fast'], /Unknown option '--fast'/],
    ['a name', ['pedidos'], /audit takes no names/],
  ]
  for (const [what, args, told] of unusable) {
    test(`refuses ${what} with one sentence and exit code 2`, async () => {
      const { out, err, code } = await run('audit.ts', args)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(told)
      expect(err.trim().split('\n')).toHaveLength(1)
    })
  }

  test('explains itself, and how to look at what dev keeps', async () => {
    const { out, code } = await run('audit.ts', ['--help'])
    expect(code).toBe(0)
    expect(out).toContain('--data .data/dev')
  })
})

describe('bun run explain', () => {
  test('tells the story of an order by its id, in the order of its happening', async () => {
    const { out, code } = await run('explain.ts', [shop.completado.id, '--data', healthy])
    expect(code).toBe(0)
    const told = [
      `Order 2 (${shop.completado.id}): Completado, 22.50 USD`,
      'for Ana (cliente)',
      '2 x SKU-',
      'inventario: reserve -> activa until',
      'pedidos: comprar for Ana (cliente) -> Pendiente',
      'auth: cliente: activo',
      'productos: precios: 2 de 2',
      'inventario: reservar: reservada',
      'pedidos: completar for',
      'inventario: confirm -> confirmada',
      'fisico 100 -> 98, reservado -2',
      'fisico 20 -> 19, reservado -1',
      'Order and reservation agree.',
    ]
    let from = 0
    for (const one of told) {
      const at = out.indexOf(one, from)
      expect([one, at >= from]).toEqual([one, true])
      from = at + one.length
    }
  })

  test('takes the number of an order, and says with which key it was made', async () => {
    const { out, code } = await run('explain.ts', ['1', '--data', healthy])
    expect(code).toBe(0)
    expect(out).toContain(`Order 1 (${shop.pendiente.id}): Pendiente`)
    expect(out).toContain('with an idempotency key')
  })

  test('tells how stock came free again', async () => {
    const { out } = await run('explain.ts', [shop.cancelado.id.toUpperCase(), '--data', healthy])
    expect(out).toMatch(/inventario: release -> liberada\n.*reservado -2/)
  })

  test('says the same as JSON for programs', async () => {
    const { out, code } = await run('explain.ts', ['2', '--data', healthy, '--json'])
    expect(code).toBe(0)
    const story = JSON.parse(out)
    expect(story).toMatchObject({ id: shop.completado.id, verdict: { kind: 'ok' } })
    expect(story.happenings.map(({ what }: { what: string }) => what)).toEqual([
      'reserve',
      'comprar',
      'completar',
      'confirm',
    ])
  })

  for (const named of ['99', '0198c0de-0000-7000-8000-000000000001', 'hola']) {
    test(`says that it knows no order ${named}, and exits 1`, async () => {
      const { out, err, code } = await run('explain.ts', [named, '--data', healthy])
      expect([code, out]).toEqual([1, ''])
      expect(err).toBe(`There is no order ${named} in ${healthy}.\n`)
    })
  }
})

describe('bun run backup and bun run restore', () => {
  test('copy, put back, audit, and say what to do next', async () => {
    const made = await run('backup.ts', ['kept', '--data', healthy])
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toContain(`${join(folder, 'kept')}: 5 files`)
    const back = await run('restore.ts', ['kept', '--data', join(folder, 'back')])
    expect([back.code, back.err]).toEqual([0, ''])
    expect(back.out).toContain('Clean: everything that must hold does')
    expect(back.out).toContain('Start the services, give them a minute, then: bun run audit')
    const { code, err } = await run('restore.ts', ['kept', '--data', join(folder, 'back')])
    expect([code, err.trim().split('\n').length]).toEqual([1, 1])
    expect(err).toContain('with --force it is moved aside')
  })

  test('refuse what they cannot do with one sentence', async () => {
    for (const [script, args] of [
      ['backup.ts', []],
      ['backup.ts', ['one', 'two']],
      ['backup.ts', ['new', '--data', '/nowhere']],
      ['restore.ts', ['nothing-here', '--data', join(folder, 'empty')]],
    ] as const) {
      const { out, err, code } = await run(script, args)
      expect([script, args, code, out, err.trim().split('\n').length]).toEqual([
        script,
        args,
        1,
        '',
        1,
      ])
    }
  })
})
