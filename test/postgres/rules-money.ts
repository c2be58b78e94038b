import type { Rules } from './rules.ts'

// What pedidos' tables of money refuse. Orders 1 to 3 are there.

type Fila = Readonly<Record<string, string | number>>
const insert = (tabla: string, fila: Fila, otras: Fila) => {
  const toda = { ...fila, ...otras }
  return `INSERT INTO ${tabla} (${Object.keys(toda).join(', ')}) VALUES (${Object.values(toda).join(', ')})`
}
const cobranza = (otras: Fila = {}) =>
  insert('pedido_cobranza', { numero: 2, apartado: `'plazo'`, saldo: 0 }, otras)
const deCobro = {
  id: `'d'`,
  numero: 1,
  orden: 2,
  metodo: `'m'`,
  proveedor: `'p'`,
  momento: `'antes'`,
  estado: `'creado'`,
  importe: 5,
  autorizado: 0,
  cobrado: 0,
  reembolsado: 0,
  disputado: 0,
  version: 1,
  creado_en: 1,
  actualizado_en: 1,
}
const cobro = (otras: Fila = {}) => insert('pedido_cobros', deCobro, otras)
const movimiento = (importe: number, secuencia = 2) =>
  insert(
    'pedido_movimientos',
    { cobro_id: `'c'`, secuencia, numero: 1, tipo: `'captura'`, importe, referencia: `'r'`, en: 1 },
    {},
  )
const reembolso = (otras: Fila = {}) =>
  insert(
    'reembolsos_pedidos',
    {
      id: `'s'`,
      numero: 1,
      cobro_id: `'c'`,
      importe: 1,
      motivo: `'excedente'`,
      estado: `'por-pedir'`,
      actor: `'a'`,
      en: 1,
      actualizado_en: 1,
    },
    otras,
  )
const importes = ['importe', 'autorizado', 'cobrado', 'reembolsado', 'disputado']
const deCargo = 'a charge goes on as it was made'
const deDinero = 'what happened to money never changes'
const deVuelta = 'a refund stays what was asked for'

export const dinero: Rules = {
  rows: [
    cobranza({ numero: 1 }),
    cobro({ id: `'c'`, orden: 1 }),
    movimiento(5, 1),
    reembolso({ id: `'r'` }),
  ],
  refused: {
    pedido_cobranza_momento: [cobranza({ momento: `'nunca'` })],
    pedido_cobranza_apartado: [cobranza({ apartado: `'libre'` })],
    pedido_cobranza_asunto: [cobranza({ asunto: `'otro'` })],
    pedido_cobranza_queda: {
      says: 'an order that has money keeps it',
      of: ['DELETE FROM pedido_cobranza'],
    },
    pedido_cobros_momento: [cobro({ momento: `'nunca'` })],
    pedido_cobros_estado: [cobro({ estado: `'otro'` })],
    ...Object.fromEntries(
      importes.map((uno) => [
        `pedido_cobros_${uno}`,
        [cobro({ [uno]: -1 }), cobro({ [uno]: '1000000000001' })],
      ]),
    ),
    pedido_cobros_disputa: [cobro({ disputa: `'otra'` })],
    pedido_cobros_version: [cobro({ version: 0 })],
    pedido_cobros_adelante: {
      says: deCargo,
      of: [
        `UPDATE pedido_cobros SET estado = 'abierto'`,
        ...['numero', 'orden', 'importe', 'creado_en'].map(
          (columna) => `UPDATE pedido_cobros SET version = 2, ${columna} = 9`,
        ),
        ...['id', 'metodo', 'proveedor'].map(
          (columna) => `UPDATE pedido_cobros SET version = 2, ${columna} = 'z'`,
        ),
        `UPDATE pedido_cobros SET version = 2, momento = 'contra-entrega'`,
      ],
    },
    pedido_cobros_quedan: { says: deCargo, of: ['DELETE FROM pedido_cobros'] },
    pedido_movimientos_importe: [movimiento(0), movimiento(1_000_000_000_001)],
    pedido_movimientos_fijos: { says: deDinero, of: ['UPDATE pedido_movimientos SET en = 2'] },
    pedido_movimientos_quedan: { says: deDinero, of: ['DELETE FROM pedido_movimientos'] },
    reembolsos_pedidos_importe: [reembolso({ importe: 0 })],
    reembolsos_pedidos_estado: [reembolso({ estado: `'otro'` })],
    reembolsos_pedidos_fijos: {
      says: deVuelta,
      of: [
        ...['numero', 'importe', 'en'].map(
          (columna) => `UPDATE reembolsos_pedidos SET ${columna} = 9`,
        ),
        ...['id', 'cobro_id', 'motivo', 'actor'].map(
          (columna) => `UPDATE reembolsos_pedidos SET ${columna} = 'z'`,
        ),
      ],
    },
    reembolsos_pedidos_quedan: { says: deVuelta, of: ['DELETE FROM reembolsos_pedidos'] },
  },
  taken: [
    `UPDATE pedido_cobros SET version = 2, estado = 'cobrado', cobrado = 5`,
    `UPDATE reembolsos_pedidos SET estado = 'hecho', actualizado_en = 9`,
    `UPDATE pedido_cobranza SET apartado = 'firme', asunto = 'por-cobrar', saldo = -5`,
    cobro(),
    movimiento(1_000_000_000_000),
    reembolso(),
  ],
}
