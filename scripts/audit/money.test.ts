import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { printStory } from '../explain/print.ts'
import { idOf, readRecord } from '../explain/read.ts'
import { storyOf } from '../explain/story.ts'
import { auditData } from './audit.ts'
import { readAll, type Service } from './databases.ts'
import { copyShop, openShop, temporaryFolder } from './test-shop.ts'
import { spoil } from './test-spoil.ts'

const { folder, remove } = temporaryFolder('money')
afterAll(remove)
const original = join(folder, 'original')
const now = Date.now() + 3_600_000

beforeAll(async () => {
  const shop = await openShop(original)
  const lineas = [{ productoId: await shop.producto(10), cantidad: 1 }]
  const ana = await shop.cliente()
  await shop.aceptarEfectivo()
  const comprar = () => shop.comprar(ana, lineas, { metodoPago: 'efectivo' })
  // The first is paid and sold, the second paid and cancelled, and its money is on its way back.
  const [vendido, cancelado] = [await comprar(), await comprar()]
  for (const { id } of [vendido, cancelado]) await shop.pagar(id)
  await shop.tick()
  await shop.terminar(vendido.id, 'Completado')
  await shop.terminar(cancelado.id, 'Cancelado')
  for (let round = 0; round < 4; round++) await shop.tick()
  await shop.follow()
  await shop.close()
})

async function audit(spoiled?: readonly [Service, string]) {
  const dataDir = join(folder, Bun.randomUUIDv7())
  mkdirSync(dataDir)
  copyShop(original, dataDir)
  if (spoiled) spoil(dataDir, ...spoiled)
  return await auditData(dataDir, { now: () => now, wait: () => Promise.resolve() })
}

const notice = (estado: string, en: string, id = 'e9') =>
  `INSERT INTO avisos (proveedor, evento_id, referencia, cuerpo, estado, intentos, recibido_en, proxima_en)
   VALUES ('manual', '${id}', 'x', NULL, '${estado}', 0, 0, ${en})`

const spoilings: readonly (readonly [string, Service, string, string, RegExp])[] = [
  [
    'a charge says more than happened',
    'pagos',
    'UPDATE cobros SET cobrado = cobrado + 1 WHERE numero = 1',
    'charges told',
    /says of itself 0, 501, 0, 0 and its movements come to 0, 500, 0, 0[^]*is another one for pedidos/,
  ],
  [
    'more is on its way back than came',
    'pagos',
    'UPDATE reembolsos SET importe = importe + 1',
    'charges refunds',
    /0 went back and 501 is on its way, of 500 that came/,
  ],
  [
    'one fact was counted twice',
    'pagos',
    `DROP INDEX movimientos_una_vez; UPDATE movimientos SET referencia = 'una'`,
    'charges files',
    /was counted 2 times/,
  ],
  [
    'a fact is known by a notice that never came',
    'pagos',
    `UPDATE movimientos SET aviso = 'evt_nobody' WHERE cobro_n = 1`,
    'notices',
    /is known by the notice evt_nobody, which never came/,
  ],
  [
    'a notice waits for nobody',
    'pagos',
    notice('pendiente', 'NULL'),
    'notices',
    /waits, and nobody will look into it/,
  ],
  [
    'a notice was forgotten',
    'pagos',
    notice('pendiente', '1'),
    'notices',
    /has waited for an hour, and nobody has looked into it/,
  ],
  [
    'pedidos was never told what pagos takes for told',
    'pagos',
    'UPDATE cobros SET version = version + 1, contada = contada + 1, actualizado_en = 0 WHERE numero = 1',
    'told',
    /pedidos knows its version \d+ and was told \d+/,
  ],
  [
    'pedidos knows a charge that pagos has not',
    'pagos',
    `UPDATE cobros SET id = 'nobody' WHERE numero = 1`,
    'told',
    /is known to pedidos, and pagos has none of that name/,
  ],
  [
    'pedidos knows more of a charge than there is to know',
    'pedidos',
    'UPDATE pedido_cobros SET version = 99 WHERE numero = 1',
    'told',
    /pedidos knows its version 99, and it has only come to \d+/,
  ],
  [
    'a charge is of another order',
    'pagos',
    `UPDATE cobros SET pedido_id = 'another' WHERE numero = 1`,
    'told',
    /is of the order .* for pedidos, and of another for pagos/,
  ],
  [
    'a sale has less than it is owed, and no list says so',
    'pedidos',
    'UPDATE pedido_cobros SET cobrado = cobrado - 100 WHERE numero = 1',
    'told money',
    /is owed 100 and says 0[^]*belongs to por-cobrar[^]*has 400 of 500, and nobody is told/,
  ],
  [
    'money of a cancelled order is kept',
    'pedidos',
    'DELETE FROM reembolsos_pedidos',
    'money refunds',
    /is to give 500 of the charge .* back, and nobody was told[^]*goes back, and no order asked for it/,
  ],
  [
    'pagos has forgotten what is to go back',
    'pagos',
    'DELETE FROM reembolsos',
    'refunds',
    /is pedido, and pagos knows of none/,
  ],
  [
    'what goes back for an order is said to be for none',
    'pagos',
    'UPDATE reembolsos SET ajeno = 1',
    'refunds',
    /is asked for by an order, and is said to be of none/,
  ],
  [
    'goods left before their money',
    'pedidos',
    `UPDATE pedido_movimientos SET en = en + 1800000 WHERE numero = 1`,
    'paid',
    /left when 0 of 500 had come, and nobody let it/,
  ],
]

describe('of the money of a shop the audit says', () => {
  test('nothing while it is where it belongs', async () => {
    const { discrepancies, invariants } = await audit()
    expect(discrepancies).toEqual([])
    const checked = new Map(invariants.map(({ id, checked }) => [id, checked]))
    const money = ['charges', 'told', 'money', 'refunds', 'paid'] as const
    expect(money.map((id) => checked.get(id))).toEqual([2, 2, 2, 1, 2])
  })

  test('nothing of what somebody let go unpaid', async () => {
    const forzado = `UPDATE pedido_eventos SET datos = '{"forzado":true}' WHERE estado = 'Completado';`
    const { discrepancies } = await audit([
      'pedidos',
      `${forzado} UPDATE pedido_movimientos SET en = en + 1800000 WHERE numero = 1`,
    ])
    expect(discrepancies.filter(({ invariant }) => invariant === 'paid')).toEqual([])
  })

  test.each(spoilings)('when %s', async (_what, service, sql, where, told) => {
    const { discrepancies } = await audit([service, sql])
    expect(discrepancies.map(({ what }) => what).join('\n')).toMatch(told)
    const ids = new Set<string>(discrepancies.map(({ invariant }) => invariant))
    for (const id of where.split(' ')) expect([...ids]).toContain(id)
  })
})

test('explain tells where the money of an order came from, where it is, and who has to do something yet', () => {
  const dataDir = join(folder, 'explained')
  mkdirSync(dataDir)
  copyShop(original, dataDir)
  const owe = `INSERT INTO obligaciones SELECT 'contar', id, '{}', 2, 0, NULL, 0, NULL FROM cobros WHERE numero = 2`
  spoil(dataDir, 'pagos', owe)
  const text = readAll(dataDir, (client) => {
    const record = readRecord(client, idOf(client, '2') ?? '')
    if (!record) throw new Error('there is no order 2')
    return printStory(record, storyOf(record), { kind: 'ok' }, (actor) => actor)
  })
  for (const told of [
    'money: excedido, 0.00 USD to be paid by efectivo, 5.00 USD taken, 0.00 USD given back',
    '5.00 USD is too much',
    'somebody is to look at it: por-devolver',
    'by efectivo -> 5.00 USD asked for at manual',
    'pagos: captura -> 5.00 USD, ',
    '5.00 USD, cancelado: enviado',
    'pagos owes: contar ',
    ', tried 2 times',
  ]) {
    expect(text).toContain(told)
  }
})
