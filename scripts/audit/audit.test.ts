import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { auditData, CannotAudit } from './audit.ts'
import { reconcile } from '../backup/reconcile.ts'
import { readRecord } from '../explain/read.ts'
import { storyOf } from '../explain/story.ts'
import { fileOf, readAll, type Service } from './databases.ts'
import type { InvariantId } from './report.ts'
import {
  aliveUntil,
  copyShop,
  type Filled,
  fillShop,
  openShop,
  temporaryFolder,
} from './test-shop.ts'
import { spoil } from './test-spoil.ts'

const { folder, remove } = temporaryFolder('audit')
const original = join(folder, 'original')
let shop: Filled
beforeAll(async () => {
  shop = await fillShop(original)
})
afterAll(remove)

const copies: string[] = []
function copy(): string {
  const made = mkdtempSync(join(folder, 'copy-'))
  copies.push(made)
  copyShop(original, made)
  return made
}
afterEach(() => {
  for (const made of copies.splice(0)) rmSync(made, { recursive: true })
})

const noWait = () => Promise.resolve()
const audit = (dataDir: string, now = shop.clock.ms()) =>
  auditData(dataDir, { now: () => now, wait: noWait })
const broken = async (dataDir: string, now?: number) => {
  const { discrepancies } = await audit(dataDir, now)
  return discrepancies.map(({ invariant, subject, what }) => `${invariant}: ${subject}: ${what}`)
}

describe('a shop in which nothing went wrong', () => {
  test('is clean, and everything in it was looked at', async () => {
    const report = await audit(original)
    expect(report.discrepancies).toEqual([])
    expect(report.waiting).toEqual([])
    expect(report.notices).toEqual([])
    expect(report.clean).toBe(true)
    expect(Object.fromEntries(report.invariants.map(({ id, checked }) => [id, checked]))).toEqual({
      // Nobody pays here.
      charges: 0,
      notices: 0,
      told: 0,
      money: 0,
      refunds: 0,
      paid: 0,
      files: 5,
      limits: 2,
      ledger: 6,
      reserved: 2,
      sales: 3,
      orders: 4,
      reservations: 4,
      credits: 0,
      owed: 0,
      goods: 4,
      totals: 4,
      coupons: 0,
      history: 4,
      summary: 9,
      catalogue: 2,
      people: 4,
      search: 3,
      kept: 34,
      moments: 53,
      once: 7,
    })
  })

  test('is left exactly as it was', async () => {
    const dataDir = copy()
    const bytes = () => Bun.file(fileOf(dataDir, 'pedidos')).bytes()
    const before = await bytes()
    await audit(dataDir)
    expect(await bytes()).toEqual(before)
  })
})

type Spoiling = readonly [
  what: string,
  service: Service,
  sql: (shop: Filled) => string,
  invariant: InvariantId,
  told: RegExp,
]

const line = 'secuencia, id, producto_id, tipo, cantidad, fisico_resultante, pedido_id, creado_en'
const sale = (set: string) =>
  `INSERT INTO movimientos (${line}) SELECT secuencia + 100, 'x' || id, ${set}, creado_en FROM movimientos`

/** Which lines are of an order's reservation. */
const deReserva = (pedidoId: string) =>
  `reserva_n = (SELECT n FROM reservas WHERE pedido_id = '${pedidoId}')`

const segunda = '0198c0de-0000-7000-8000-000000000002'
/** Has an order have let go of its stock once, and come to it again. */
const conSegunda = (pedidoId: string) =>
  `UPDATE reservas SET pedido_id = '${segunda}', pedido = '${pedidoId}' WHERE pedido_id = '${pedidoId}';
   INSERT INTO reservas SELECT min(n) - 1, '${pedidoId}', 'liberada', 1, 1, 2, NULL FROM reservas;
   INSERT INTO reserva_lineas SELECT (SELECT min(n) FROM reservas), producto_id, cantidad
     FROM reserva_lineas WHERE ${deReserva(segunda)};`

/** Keeps an answer to a key of Ana's as of when her order was made: an order's number, null for a refusal. */
const answer = ({ ana, otro }: Filled, clave: string, numero: number | null) =>
  `INSERT INTO idempotencia (usuario_id, clave, huella, numero, negativa, creada_en)
   SELECT '${ana}', '${clave}', 'huella', ${numero}, ${numero === null ? "'{}'" : 'NULL'}, creado_en
   FROM pedidos WHERE id = '${otro.id}'`

const owe = (tipo: string, clave: string) =>
  `INSERT INTO obligaciones VALUES ('${tipo}', '${clave}', '{}', 0, 0, NULL, 0, NULL)`

/** SQL for ten years after the shop was filled. */
const enDiezAnos = ({ clock }: Filled) => String(clock.ms() + 3_650 * 24 * 60 * 60 * 1000)

const spoilings: readonly Spoiling[] = [
  [
    'a movement was dated by a clock that was ahead',
    'inventario',
    (filled) => `UPDATE movimientos SET creado_en = ${enDiezAnos(filled)} WHERE tipo = 'SALIDA'`,
    'moments',
    /1 rows of movimientos have creado_en in the future, up to 2036/,
  ],
  [
    'an account was confirmed in the future',
    'auth',
    (filled) => `UPDATE usuarios SET email_confirmado_en = ${enDiezAnos(filled)}`,
    'moments',
    /rows of usuarios have email_confirmado_en in the future/,
  ],
  [
    'a try of an order waits for years',
    'pedidos',
    (filled) => `UPDATE pedidos SET intencion = 'cancelar', intencion_actor = 'x',
      intencion_desde = 0, proximo_intento_en = ${enDiezAnos(filled)}
      WHERE numero = (SELECT min(numero) FROM pedidos WHERE estado = 'Pendiente')`,
    'moments',
    /1 rows of pedidos have proximo_intento_en in the future/,
  ],
  [
    'more is missing than is promised',
    'inventario',
    ({ taza }) => `UPDATE existencias SET faltan = 1 WHERE producto_id = '${taza}'`,
    'limits',
    /faltan is 1, reservado is \d+, fisico is \d+/,
  ],
  [
    'more is reserved than there is',
    'inventario',
    ({ taza }) => `UPDATE existencias SET reservado = fisico + 1 WHERE producto_id = '${taza}'`,
    'limits',
    /reservado is 20, fisico is 19/,
  ],
  [
    'less than nothing is reserved',
    'inventario',
    ({ taza }) => `UPDATE existencias SET reservado = -1 WHERE producto_id = '${taza}'`,
    'limits',
    /reservado is -1/,
  ],
  [
    'stock was changed without a line in the ledger',
    'inventario',
    ({ cafe }) => `UPDATE existencias SET fisico = fisico + 1 WHERE producto_id = '${cafe}'`,
    'ledger',
    /fisico is 91, its ledger adds up to 90/,
  ],
  [
    'a line of the ledger is gone',
    'inventario',
    () => `DELETE FROM movimientos WHERE tipo = 'SALIDA'`,
    'ledger',
    /fisico is 90, its ledger adds up to 93/,
  ],
  [
    'a line of the ledger says another result',
    'inventario',
    () => `UPDATE movimientos SET fisico_resultante = 7 WHERE tipo = 'SALIDA'`,
    'ledger',
    /says 7 after -3, but 93 were there/,
  ],
  [
    'stock stays reserved without a reservation',
    'inventario',
    ({ cafe }) => `UPDATE existencias SET reservado = reservado + 4 WHERE producto_id = '${cafe}'`,
    'reserved',
    /reservado is 6, its active reservations add up to 2/,
  ],
  [
    'a reservation was closed without giving its stock back',
    'inventario',
    ({ pendiente }) =>
      `UPDATE reservas SET estado = 'liberada', cerrada_en = 1 WHERE pedido_id = '${pendiente.id}'`,
    'reserved',
    /add up to 0/,
  ],
  [
    'a sale was booked twice',
    'inventario',
    ({ taza }) =>
      `${sale('producto_id, tipo, cantidad, fisico_resultante - 1, pedido_id')}
         WHERE tipo = 'VENTA' AND producto_id = '${taza}';
       UPDATE existencias SET fisico = fisico - 1 WHERE producto_id = '${taza}'`,
    'sales',
    /sold 2 times over, 2 in all for a line of 1/,
  ],
  [
    'a sale is missing from the ledger',
    'inventario',
    ({ otro, cafe }) =>
      `DELETE FROM movimientos WHERE pedido_id = '${otro.id}';
       UPDATE existencias SET fisico = fisico + 5 WHERE producto_id = '${cafe}'`,
    'sales',
    /the ledger has no sale of these 5/,
  ],
  [
    'a sale of another quantity',
    'inventario',
    ({ otro }) => `UPDATE movimientos SET cantidad = -4 WHERE pedido_id = '${otro.id}'`,
    'sales',
    /sold 4 for a line of 5/,
  ],
  [
    'a sale without a reservation',
    'inventario',
    ({ taza }) =>
      `${sale(`producto_id, tipo, cantidad, fisico_resultante - 1, 'nobody'`)}
         WHERE tipo = 'VENTA' AND producto_id = '${taza}'`,
    'sales',
    /nobody.*sold 1 without any reservation/,
  ],
  [
    'a sale for a reservation that was released',
    'inventario',
    ({ otro }) => `UPDATE reservas SET estado = 'liberada' WHERE pedido_id = '${otro.id}'`,
    'sales',
    /sold 5, but the reservation is liberada/,
  ],
  [
    'a Pendiente order without a reservation',
    'inventario',
    ({ pendiente }) =>
      `DELETE FROM reserva_lineas WHERE ${deReserva(pendiente.id)};
       DELETE FROM reservas WHERE pedido_id = '${pendiente.id}';
       UPDATE existencias SET reservado = 0`,
    'orders',
    /Pendiente, but nothing is reserved for it/,
  ],
  [
    'a Pendiente order whose reservation was released',
    'inventario',
    ({ pendiente }) =>
      `UPDATE reservas SET estado = 'liberada', cerrada_en = 1 WHERE pedido_id = '${pendiente.id}';
       UPDATE existencias SET reservado = 0`,
    'orders',
    /Pendiente, but its reservation is liberada/,
  ],
  [
    'a Pendiente order whose reservation expired long before it',
    'inventario',
    ({ pendiente }) =>
      `UPDATE reservas SET estado = 'expirada', cerrada_en = 1 WHERE pedido_id = '${pendiente.id}';
       UPDATE existencias SET reservado = 0`,
    'orders',
    /its reservation expired early/,
  ],
  [
    'a Pendiente order whose stock has left',
    'pedidos',
    ({ otro }) =>
      `UPDATE pedidos SET estado = 'Pendiente', version = 1 WHERE id = '${otro.id}';
       DELETE FROM pedido_eventos WHERE estado = 'Completado' AND numero = ${otro.numero}`,
    'orders',
    /Pendiente, but its stock has left already/,
  ],
  [
    "an order that its customer's list has lost",
    'pedidos',
    ({ otro }) =>
      `INSERT OR REPLACE INTO marcas SELECT 'clientes', max(secuencia) FROM pedido_eventos;
       DELETE FROM pedidos_de_cliente;
       INSERT INTO pedidos_de_cliente
         SELECT cliente_id, numero FROM pedidos WHERE numero <> ${otro.numero}`,
    'history',
    /is missing in its customer's list/,
  ],
  [
    'an order that the dashboard counts twice on its day',
    'pedidos',
    () => `UPDATE resumen_tramos SET pedidos = pedidos + 1 WHERE nivel = 1`,
    'summary',
    /24 h from \d{4}-\d\d-\d\dT00:00:00.000Z in USD: made 5, not 4$/,
  ],
  [
    'a month that the dashboard has lost',
    'pedidos',
    () => `DELETE FROM resumen_tramos WHERE nivel = 2`,
    'summary',
    /768 h .* made 0, not 4; completed 0, not 2; cancelled 0, not 1; taken in 0, not 4750$/,
  ],
  [
    'takings that the dashboard made up',
    'pedidos',
    () => `INSERT INTO resumen_tramos VALUES (0, 'EUR', 7, 0, 0, 0, 100, 0)`,
    'summary',
    /0.25 h from 1970-01-01T01:45:00.000Z in EUR: taken in 100, not 0$/,
  ],
  [
    'money that the dashboard made up',
    'pedidos',
    () => `INSERT INTO resumen_dinero VALUES (0, 'USD', 7, 'caja', 100, 0, 0)`,
    'summary',
    /money by caja of 0.25 h from 1970-01-01T01:45:00.000Z in USD: taken 100, not 0$/,
  ],
  [
    'a product whose sales the dashboard has lost',
    'pedidos',
    ({ taza }) => `DELETE FROM resumen_vendidos WHERE nivel = 0 AND producto =
      (SELECT clave FROM resumen_productos WHERE producto_id = '${taza}')`,
    'summary',
    /in USD, by 0.25 h: sold 0, not 1; taken in 0, not 1250$/,
  ],
  [
    'an order that runs out at another time than its reservation',
    'pedidos',
    ({ pendiente }) => `UPDATE pedidos SET expira_en = expira_en + 1 WHERE id = '${pendiente.id}'`,
    'orders',
    /run out at different times/,
  ],
  [
    'a Completado order whose stock is only reserved',
    'pedidos',
    ({ pendiente }) =>
      `UPDATE pedidos SET estado = 'Completado', version = 2 WHERE id = '${pendiente.id}'`,
    'orders',
    /Completado, but its stock is only reserved/,
  ],
  [
    'a Completado order whose stock was given back',
    'pedidos',
    ({ cancelado }) =>
      `UPDATE pedidos SET estado = 'Completado', motivo = NULL WHERE id = '${cancelado.id}'`,
    'orders',
    /its reservation is liberada: the ledger lacks this sale/,
  ],
  [
    'a Cancelado order whose stock is still reserved',
    'pedidos',
    ({ pendiente }) =>
      `UPDATE pedidos SET estado = 'Cancelado', version = 2 WHERE id = '${pendiente.id}'`,
    'orders',
    /Cancelado, but its stock is still reserved/,
  ],
  [
    'a Cancelado order whose stock has left',
    'pedidos',
    ({ otro }) => `UPDATE pedidos SET estado = 'Cancelado' WHERE id = '${otro.id}'`,
    'orders',
    /Cancelado, but its stock has left/,
  ],
  [
    'a confirmed reservation whose order is gone',
    'pedidos',
    ({ completado: { id, numero } }) =>
      `DELETE FROM pedido_lineas WHERE numero = ${numero}; DELETE FROM pedido_eventos WHERE numero = ${numero};
       DELETE FROM pedido_corridas WHERE numero = ${numero}; DELETE FROM pedidos WHERE id = '${id}'`,
    'reservations',
    /stock has left for an order that is not there/,
  ],
  [
    'an order that holds stock beside what it has come to again',
    'inventario',
    ({ pendiente }) =>
      `${conSegunda(pendiente.id)}
       UPDATE reservas SET estado = 'activa', cerrada_en = NULL WHERE pedido_id = '${pendiente.id}'`,
    'reservations',
    /holds stock for order .*, which has a later one/,
  ],
  [
    'an order that was sold twice',
    'inventario',
    ({ otro }) =>
      `${conSegunda(otro.id)} UPDATE reservas SET estado = 'confirmada' WHERE pedido_id = '${otro.id}'`,
    'reservations',
    /took stock for order .*, which has a later one/,
  ],
  [
    'an order that has come to its stock again and let go of that too',
    'inventario',
    ({ pendiente }) =>
      `${conSegunda(pendiente.id)} UPDATE reservas SET estado = 'liberada', cerrada_en = 1`,
    'orders',
    /Pendiente, but its reservation is liberada/,
  ],
  [
    'stock for an order that is not there, under another id',
    'inventario',
    ({ otro }) =>
      `${conSegunda(otro.id)} UPDATE reservas SET pedido = 'nobody' WHERE pedido = '${otro.id}'`,
    'reservations',
    /stock has left for an order that is not there/,
  ],
  [
    'a reservation for another quantity',
    'inventario',
    ({ otro }) => `UPDATE reserva_lineas SET cantidad = 6 WHERE ${deReserva(otro.id)}`,
    'goods',
    /its reservation is for other goods/,
  ],
  [
    'a reservation with a line more',
    'inventario',
    ({ otro, taza }) =>
      `INSERT INTO reserva_lineas SELECT n, '${taza}', 1 FROM reservas WHERE pedido_id = '${otro.id}'`,
    'goods',
    /its reservation is for other goods/,
  ],
  [
    'a reservation with a line less',
    'inventario',
    ({ completado, taza }) =>
      `DELETE FROM reserva_lineas WHERE ${deReserva(completado.id)} AND producto_id = '${taza}'`,
    'goods',
    /its reservation is for other goods/,
  ],
  [
    'a total that is not the sum',
    'pedidos',
    ({ otro }) => `UPDATE pedidos SET total = total - 1 WHERE id = '${otro.id}'`,
    'totals',
    /total is 2499, its lines add up to 2500/,
  ],
  [
    'a price that changed after the sale',
    'pedidos',
    ({ otro }) => `UPDATE pedido_lineas SET precio_unitario = 600 WHERE numero = ${otro.numero}`,
    'totals',
    /total is 2500, its lines add up to 3000/,
  ],
  [
    'an order without lines',
    'pedidos',
    ({ otro }) => `DELETE FROM pedido_lineas WHERE numero = ${otro.numero}`,
    'totals',
    /has no lines/,
  ],
  [
    'a history that ends elsewhere',
    'pedidos',
    ({ otro }) =>
      `UPDATE pedido_eventos SET estado = 'Cancelado' WHERE numero = ${otro.numero} AND estado = 'Completado'`,
    'history',
    /is Completado, its history ends in Cancelado/,
  ],
  [
    'an order that ended twice',
    'pedidos',
    ({ otro }) =>
      `INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (${otro.numero}, 'Completado', 'x', 1)`,
    'history',
    /with 3 entries in its history/,
  ],
  [
    'an order without history',
    'pedidos',
    ({ otro }) => `DELETE FROM pedido_eventos WHERE numero = ${otro.numero}`,
    'history',
    /without any history/,
  ],
  [
    'two orders with one id',
    'pedidos',
    ({ otro, completado }) =>
      `DROP INDEX pedidos_id_unique; UPDATE pedidos SET id = '${otro.id}' WHERE id = '${completado.id}'`,
    'once',
    /2 orders have this id/,
  ],
  [
    "a key that names somebody else's order",
    'pedidos',
    (filled) => answer(filled, 'dos', filled.completado.numero),
    'once',
    /which somebody else made/,
  ],
  [
    'a key that names an order that is not there',
    'pedidos',
    (filled) => answer(filled, 'dos', 99),
    'once',
    /names order 99, which is not there/,
  ],
  [
    'two keys that name one order',
    'pedidos',
    (filled) => ['uno', 'dos'].map((clave) => answer(filled, clave, filled.otro.numero)).join(';'),
    'once',
    /is the answer to 2 different keys/,
  ],
  [
    'a key whose order has an id of its own',
    'pedidos',
    (filled) => answer(filled, 'tres', filled.otro.numero),
    'once',
    /whose id is not this key's/,
  ],
  [
    'a refusal kept for a key that made an order',
    'pedidos',
    (filled) => answer(filled, 'dos', null),
    'once',
    /was answered with a refusal and within a day also order 3/,
  ],
  [
    'an order that says that a key made it, with an id that no key leads to',
    'pedidos',
    ({ completado }) => `UPDATE pedidos SET sello = x'00' WHERE id = '${completado.id}'`,
    'once',
    /was made with a key, but its id follows from none/,
  ],
  [
    'an answer of inventario that cannot be read',
    'inventario',
    () => `UPDATE idempotencia SET resultado = '{'`,
    'once',
    /cannot be read/,
  ],
  [
    'a value that a CHECK forbids',
    'pedidos',
    ({ pendiente }) => `UPDATE pedidos SET motivo = 'x' WHERE id = '${pendiente.id}'`,
    'files',
    /pedidos\.db: 1 rows of pedidos break the rule pedidos_motivo/,
  ],
  [
    'a user with a role that there is not',
    'auth',
    () => `UPDATE usuarios SET rol = 'rey'`,
    'files',
    /auth\.db: 4 rows of usuarios break the rule usuarios_rol/,
  ],
  [
    'a row without its parent',
    'productos',
    () => `UPDATE precios SET producto_n = 999 WHERE n = 1`,
    'files',
    /row 1 of precios refers to a row of productos that is not there/,
  ],
  [
    'a rule that was weakened',
    'pedidos',
    () => 'DROP INDEX pedidos_id_unique; CREATE INDEX pedidos_id_unique ON pedidos (id)',
    'files',
    /pedidos\.db: index pedidos_id_unique is not what its migration made/,
  ],
  [
    'an index without which an e-mail may register twice',
    'auth',
    () => 'DROP INDEX usuarios_email_clave_unique',
    'files',
    /auth\.db: index usuarios_email_clave_unique is missing/,
  ],
  [
    'a trigger that somebody added',
    'pedidos',
    () => 'CREATE TRIGGER intruso AFTER INSERT ON pedidos BEGIN SELECT 1; END',
    'files',
    /pedidos\.db: trigger intruso is not of this program/,
  ],
  [
    'an order that is noted as one that will never be',
    'pedidos',
    ({ pendiente }) => `INSERT INTO descartes VALUES ('${pendiente.id}', 'x', 1)`,
    'reservations',
    /is noted as one that will never be/,
  ],
  [
    'a reservation to be let go of that may be an order yet',
    'pedidos',
    () => owe('soltar-reserva', 'x'),
    'owed',
    /x: its reservation is to be let go of, but it was never discarded and may become an order/,
  ],
  [
    'a customer to be forgotten who may go on buying',
    'pedidos',
    ({ luis }) => owe('olvidar-cliente', luis),
    'owed',
    /is to be forgotten, but is not noted as erased, and may go on buying/,
  ],
  [
    "an order's end that nobody would see to",
    'pedidos',
    ({ pendiente }) => owe('terminar-pedido', pendiente.id),
    'owed',
    /terminar-pedido is owed to it, which nobody does/,
  ],
  [
    'a mail that is owed and was never to be sent',
    'pedidos',
    () => owe('avisar', '99'),
    'owed',
    /99: is to be sent, but there is no such mail, or it has ended/,
  ],
  [
    'a mail that nobody would send',
    'pedidos',
    () =>
      `INSERT INTO avisos (tipo, numero, para, estado, intentos, creado_en)
       VALUES ('recibido', 1, 'cliente', 'por-enviar', 0, 1)`,
    'owed',
    /mail \d+: recibido is to be sent, and nothing says so/,
  ],
  [
    'a mail that was never owed to who was to hear of something',
    'pedidos',
    ({
      otro,
    }) => `INSERT INTO pedido_condiciones (numero, contacto, envio_importe, envio_clase, envio_tasa,
       envio_por_dentro, envio_impuesto, descuento, invitado)
       VALUES (${otro.numero}, '{"nombre":"Ana","email":"a@b.example"}', 0, 'general', 0, 0, 0, 0, 0)`,
    'owed',
    /nobody was to be told that it is recibido/,
  ],
  [
    'a customer who was forgotten, but not by all of their orders',
    'pedidos',
    ({ ana }) => `INSERT INTO clientes_borrados VALUES ('${ana}', 1, 99)`,
    'owed',
    /was forgotten, but 2 of their orders still say something personal, the first of them order 1/,
  ],
  [
    'two orders that answer one request',
    'pedidos',
    ({ pendiente, otro }) =>
      `UPDATE pedidos SET sello = (SELECT sello FROM pedidos WHERE id = '${pendiente.id}')
       WHERE id = '${otro.id}'`,
    'once',
    /order 3 .* answers the same request as order 1/,
  ],
  [
    'a number of an order that was given and is not there',
    'pedidos',
    () => `UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'pedidos'`,
    'kept',
    /1 of 5 rows of pedidos are gone, about number 5/,
  ],
  [
    'a number that will be given again',
    'pedidos',
    () => `DELETE FROM sqlite_sequence WHERE name = 'pedidos'`,
    'kept',
    /pedidos has 4 rows, but 0 numbers were given/,
  ],
  [
    'a line of the audit log that is gone',
    'auth',
    () => 'DELETE FROM auditoria WHERE numero = 2',
    'kept',
    /1 of 4 rows of auditoria are gone, about number 2/,
  ],
  [
    'an order whose moment is before that of the number before',
    'pedidos',
    ({ otro }) => `UPDATE pedidos SET creado_en = 1 WHERE id = '${otro.id}'`,
    'history',
    /order 3 .* was made before the order with the number before/,
  ],
  [
    "an order in somebody else's list",
    'pedidos',
    ({ luis, otro }) => `INSERT INTO pedidos_de_cliente VALUES ('${luis}', ${otro.numero})`,
    'history',
    /order 3: stands in the list of customer .*, who did not order it/,
  ],
  [
    'a follower that believes to know the future',
    'pedidos',
    () => `UPDATE marcas SET valor = '999' WHERE nombre = 'resumen'`,
    'history',
    /resumen has come to 999 in a history that is shorter/,
  ],
  [
    'a price that its history does not know',
    'productos',
    () => 'UPDATE productos SET precio = 7 WHERE n = 1',
    'catalogue',
    /costs 7, the history of its price ends in 500/,
  ],
  [
    'a product that is sorted under another name',
    'productos',
    () => `UPDATE productos SET nombre_plegado = 'zzz' WHERE n = 1`,
    'catalogue',
    /is told apart, sorted, filed or found by another text/,
  ],
  [
    'a picture that is not what its name says',
    'productos',
    () => `INSERT INTO imagenes VALUES ('${'a'.repeat(64)}', 'image/png', x'00', 1, 1)`,
    'catalogue',
    /picture a{64}: is not what its name says/,
  ],
  [
    'a picture in no use that nobody will remove',
    'productos',
    () => `INSERT INTO imagenes VALUES ('${'a'.repeat(64)}', 'image/png', x'00', 1, NULL)`,
    'catalogue',
    /is in no use, and not noted as free/,
  ],
  [
    'a product whose picture is gone',
    'productos',
    () => `UPDATE productos SET imagen_url = '/imagenes/${'a'.repeat(64)}' WHERE n = 1`,
    'catalogue',
    /its picture .* is not there/,
  ],
  [
    'a product whose class of tax is gone',
    'productos',
    () => `UPDATE productos SET clase_impuesto = 'nadie' WHERE n = 1`,
    'catalogue',
    /its class of tax, nadie, is not there/,
  ],
  [
    'a rate that nobody has set',
    'productos',
    () => `INSERT INTO impuestos VALUES ('general', 99, 'IVA', 1500, 'incluido', 9)`,
    'catalogue',
    /tax general from 1970-01-01T00:00:00\.099Z: nobody is noted to have set it/,
  ],
  [
    'a product that the search does not find',
    'productos',
    () =>
      `INSERT INTO productos_fts (productos_fts, rowid, palabras)
       SELECT 'delete', n, palabras FROM productos WHERE n = 2`,
    'search',
    /productos_fts is out of step with 1 rows \(2\)/,
  ],
  [
    'a user who is found under an old name',
    'auth',
    ({ luis }) => `UPDATE usuarios SET nombre = 'Zoe' WHERE id = '${luis}'`,
    'search',
    /usuarios_fts is out of step with 1 rows/,
  ],
  [
    'an order that is found for what is not in it',
    'pedidos',
    () => `INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (3, 'x', 'sombrero')`,
    'search',
    /pedidos_fts is out of step with 1 rows \(3\)/,
  ],
  [
    'a shop without an admin',
    'auth',
    () => `UPDATE usuarios SET rol = 'cliente'`,
    'people',
    /there are products, and no active admin/,
  ],
  [
    'an e-mail that logs nobody in',
    'auth',
    ({ luis }) => `UPDATE usuarios SET email_clave = 'x' WHERE id = '${luis}'`,
    'people',
    /cannot log in: the e-mail is kept under another key/,
  ],
  [
    'two accounts with one e-mail',
    'auth',
    ({ luis, ana }) =>
      `DROP INDEX usuarios_email_clave_unique;
       UPDATE usuarios SET (email, email_clave) = (SELECT email, email_clave FROM usuarios WHERE id = '${ana}')
       WHERE id = '${luis}'`,
    'people',
    /has the e-mail of user/,
  ],
  [
    'a session with two good tokens',
    'auth',
    ({ luis }) =>
      `INSERT INTO sesiones VALUES ('s', '${luis}', NULL, NULL, 1, 1, 9, NULL);
       INSERT INTO refrescos (hash, sesion_id, creado_en) VALUES ('a', 's', 1), ('b', 's', 1)`,
    'people',
    /session s: has 2 refresh tokens that are still good/,
  ],
  [
    'an open session of a closed account',
    'auth',
    ({ luis }) =>
      `INSERT INTO sesiones VALUES ('s', '${luis}', NULL, NULL, 1, 1, 9, NULL);
       UPDATE usuarios SET activo = 0 WHERE id = '${luis}'`,
    'people',
    /session s: is open for user .*, whose account is closed/,
  ],
]

describe('the audit names', () => {
  for (const [what, service, sql, invariant, told] of spoilings) {
    test(what, async () => {
      const dataDir = copy()
      spoil(dataDir, service, sql(shop))
      const lines = (await broken(dataDir)).filter((one) => one.startsWith(`${invariant}:`))
      expect(lines.join('\n')).toMatch(told)
      expect((await audit(dataDir)).clean).toBe(false)
    })
  }

  test('a rule of the ledger that was taken away', async () => {
    const dataDir = copy()
    const client = new Database(fileOf(dataDir, 'inventario'))
    client.run('DROP TRIGGER movimientos_sin_cambios')
    client.close()
    expect(await broken(dataDir)).toEqual([
      'files: inventario.db: trigger movimientos_sin_cambios is missing',
    ])
  })

  test('a Completado order for which nothing was ever reserved', async () => {
    const dataDir = copy()
    const { cancelado } = shop
    const { id } = cancelado
    spoil(
      dataDir,
      'inventario',
      `DELETE FROM reserva_lineas WHERE ${deReserva(id)}; DELETE FROM reservas WHERE pedido_id = '${id}'`,
    )
    expect(await broken(dataDir)).toEqual([])
    spoil(
      dataDir,
      'pedidos',
      `UPDATE pedidos SET estado = 'Completado' WHERE id = '${cancelado.id}'`,
    )
    expect((await broken(dataDir)).join('\n')).toContain('nothing was ever reserved for it')
  })

  test('a second order that a key made on the same day', async () => {
    const dataDir = copy()
    const { idsDeClaves } = await import('../../apps/pedidos/src/domain/identidad-pedido.ts')
    const second = idsDeClaves(0)(shop.ana, 'dos', 1)
    const { id } = shop.cancelado
    spoil(dataDir, 'pedidos', `UPDATE pedidos SET id = '${second}' WHERE id = '${id}'`)
    spoil(dataDir, 'pedidos', answer(shop, 'dos', shop.otro.numero))
    const sql = `UPDATE reservas SET pedido_id = '${second}' WHERE pedido_id = '${id}'`
    spoil(dataDir, 'inventario', sql)
    expect(await broken(dataDir)).toEqual([
      `once: key "dos" of user ${shop.ana}: made order 3 and within a day also order 4 (${second})`,
    ])
  })

  test('nothing of a dashboard that is to be made anew', async () => {
    const dataDir = copy()
    spoil(dataDir, 'pedidos', `DELETE FROM resumen_tramos; DELETE FROM resumen_vendidos`)
    expect(await broken(dataDir)).not.toEqual([])
    spoil(dataDir, 'pedidos', `DELETE FROM marcas WHERE nombre = 'resumen'`)
    expect(await broken(dataDir)).toEqual([])
  })

  test('nothing of changes that the dashboard has yet to take in', async () => {
    const dataDir = copy()
    const later = await openShop(dataDir, shop.clock)
    await later.comprar(shop.ana, [{ productoId: shop.cafe, cantidad: 1 }])
    await later.close()
    expect(await broken(dataDir)).toEqual([])
  })

  test('a page that was overwritten, and goes on with the rest', async () => {
    const dataDir = copy()
    const file = fileOf(dataDir, 'pedidos')
    const bytes = await Bun.file(file).bytes()
    // The root page of the table of orders, which every check of orders needs.
    bytes.fill(0xff, 4096, 8192)
    writeFileSync(file, bytes)
    const report = await audit(dataDir)
    expect(report.clean).toBe(false)
    expect(report.discrepancies.some(({ subject }) => subject === 'pedidos.db')).toBe(true)
    expect(report.invariants.find(({ id }) => id === 'ledger')?.checked).toBe(6)
  })

  test('no more than a few lines of each kind, and counts the others', async () => {
    const dataDir = copy()
    spoil(dataDir, 'pedidos', 'UPDATE pedidos SET total = 1')
    const report = await auditData(dataDir, { linesEach: 1, wait: noWait })
    expect(report.discrepancies.map(({ invariant }) => invariant)).toEqual(['totals', 'summary'])
    expect(report.omitted).toBe(3 + 2)
    expect(report.invariants.find(({ id }) => id === 'totals')?.wrong).toBe(4)
  })

  test('customers and products that somebody has lost', async () => {
    const dataDir = copy()
    spoil(dataDir, 'auth', `DELETE FROM usuarios WHERE id = '${shop.luis}'`)
    spoil(
      dataDir,
      'productos',
      `DELETE FROM precios WHERE producto_n = 2; DELETE FROM productos WHERE id = '${shop.taza}'`,
    )
    const lines = await broken(dataDir)
    for (const line of [
      `people: user ${shop.luis}: the customer of an order (2 times, first in number 2) is not in auth`,
      `goods: product ${shop.taza}: was ordered, and is not in productos`,
      `goods: product ${shop.taza}: is in stock, and is not in productos`,
      'kept: auth.db: 1 of 4 rows of usuarios are gone, about number 2',
      'kept: productos.db: 1 of 2 rows of productos are gone, about number 2',
    ]) {
      expect(lines).toContain(line)
    }
  })
})

describe('what cannot be audited is said in one sentence', () => {
  const cases: readonly [string, (dataDir: string) => void, RegExp][] = [
    [
      'a database that is not there',
      (dir) => unlinkSync(fileOf(dir, 'auth')),
      /no database .*auth\.db/,
    ],
    [
      'a file of another kind',
      (dir) => writeFileSync(fileOf(dir, 'auth'), 'hola '.repeat(2000)),
      /not a database/,
    ],
    ['an empty file', (dir) => truncateSync(fileOf(dir, 'pedidos')), /of another version/],
    [
      'tables of another version',
      (dir) => spoil(dir, 'pedidos', 'ALTER TABLE pedidos RENAME COLUMN expira_en TO fin'),
      /of another version/,
    ],
  ]
  for (const [what, damage, told] of cases) {
    test(what, async () => {
      const dataDir = copy()
      damage(dataDir)
      const refused = audit(dataDir)
      await expect(refused).rejects.toBeInstanceOf(CannotAudit)
      await expect(refused).rejects.toThrow(told)
    })
  }
})

const orphanId = '0198c0de-0000-7000-8000-000000000001'
const orphan = ({ completado, cafe }: Filled, creadaEn: number) =>
  `INSERT INTO reservas VALUES (NULL, '${orphanId}', 'activa', ${completado.expiraEn}, ${creadaEn}, NULL, NULL);
   INSERT INTO reserva_lineas VALUES (last_insert_rowid(), '${cafe}', 1);
   UPDATE existencias SET reservado = reservado + 1 WHERE producto_id = '${cafe}'`

describe('an order that has come to its stock a second time', () => {
  test.each(['pendiente', 'otro'] as const)('is in order: %s', async (which) => {
    const dataDir = copy()
    const { id } = shop[which]
    spoil(dataDir, 'inventario', conSegunda(id))
    const { discrepancies, waiting } = await audit(dataDir)
    expect([discrepancies, waiting]).toEqual([[], []])
    // A restore goes by the last one as well, and by none that was let go of.
    const opciones = { whole: false, cancelUnknown: false }
    expect(reconcile(dataDir, 1, opciones)).toEqual({ completar: 0, cancelar: 0, contar: 0 })
  })

  test('has all of it in its story', () => {
    const dataDir = copy()
    const { id } = shop.otro
    spoil(dataDir, 'inventario', conSegunda(id))
    const record = readAll(dataDir, (client) => readRecord(client, id))
    const story = record ? storyOf(record) : []
    const told = story.filter(({ where }) => where === 'inventario')
    expect(told.map(({ what }) => what)).toEqual(['reserve', 'release', 'reserve', 'confirm'])
    expect(told[2]?.outcome).toEndWith(`, as ${segunda}`)
    expect(told[3]?.details).toHaveLength(1)
  })
})

describe('a reservation without an order', () => {
  const minutes = 60_000

  test('is in flight while its order may still be written or the sweep still come', async () => {
    const dataDir = copy()
    spoil(dataDir, 'inventario', orphan(shop, shop.clock.ms()))
    const { clean, waiting } = await audit(dataDir, shop.clock.ms() + minutes)
    expect(clean).toBe(true)
    expect(waiting).toEqual([
      {
        invariant: 'reservations',
        reason: 'a reservation whose order is being written, or will be swept',
        count: 1,
      },
    ])
  })

  test('is wrong when the services have had the time to sweep it', async () => {
    const dataDir = copy()
    spoil(dataDir, 'inventario', orphan(shop, shop.clock.ms()))
    aliveUntil(dataDir, shop.clock.ms() + 10 * minutes)
    const lines = await broken(dataDir, shop.clock.ms() + 20 * minutes)
    expect(lines.join()).toContain('stock is reserved for an order that is not there')
  })

  test('is in flight for as long as the services have not run since', async () => {
    const dataDir = copy()
    spoil(dataDir, 'inventario', orphan(shop, shop.clock.ms()))
    aliveUntil(dataDir, shop.clock.ms() + minutes)
    expect((await audit(dataDir, shop.clock.ms() + 600 * minutes)).clean).toBe(true)
  })
})

test('what is left undone and owed to nobody is named, and done when its remedy is followed', async () => {
  const dataDir = copy()
  const { ana, clock } = shop
  spoil(dataDir, 'inventario', orphan(shop, clock.ms()))
  spoil(dataDir, 'pedidos', `INSERT INTO clientes_borrados VALUES ('${ana}', 1, 99)`)
  spoil(
    dataDir,
    'pedidos',
    `INSERT INTO descartes VALUES ('${orphanId}', 'x', ${clock.ms()}); INSERT INTO marcas VALUES ('barrido', '9')`,
  )
  const owed = (await audit(dataDir)).discrepancies.filter(({ invariant }) => invariant === 'owed')
  expect(owed.map(({ subject, what }) => `${subject} ${what.slice(0, 13)}`)).toEqual([
    `reservation ${orphanId} was discarded`,
    `user ${ana} was forgotten`,
  ])
  const client = new Database(fileOf(dataDir, 'pedidos'))
  for (const { remedy } of owed) client.run(remedy?.split(' in pedidos.db')[0] ?? '')
  client.close()
  expect((await audit(dataDir)).waiting.map(({ reason }) => reason)).toContain(
    'a customer to forget',
  )
  const later = await openShop(dataDir, createTestClock(clock.ms() + 10 * 60_000))
  await later.tick()
  await later.close()
  const { discrepancies, waiting } = await audit(dataDir, later.clock.ms())
  expect([discrepancies, waiting]).toEqual([[], []])
})
