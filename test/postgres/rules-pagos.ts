import type { Rules } from './rules.ts'

// What the tables of pagos refuse.

type Fila = Readonly<Record<string, string | number>>
const alta = (tabla: string, fila: Fila) =>
  `INSERT INTO ${tabla} (${Object.keys(fila).join(', ')}) VALUES (${Object.values(fila).join(', ')})`

const cobro = (n: number, otras: Fila = {}) =>
  alta('cobros', {
    n,
    id: `'c${n}'`,
    pedido_id: `'p'`,
    numero: 1,
    cliente_id: `'u'`,
    creado_por: `'u'`,
    metodo: `'m'`,
    proveedor: `'stripe'`,
    momento: `'antes'`,
    estado: `'abierto'`,
    importe: 10,
    moneda: `'USD'`,
    referencia: `'r${n}'`,
    expira_en: 9,
    apartar_hasta: 9,
    autorizado: 0,
    cobrado: 5,
    reembolsado: 0,
    disputado: 0,
    version: 2,
    contada: 1,
    fallos: 0,
    creado_en: 1,
    actualizado_en: 1,
    ...otras,
  })
const movimiento = (secuencia: number, otras: Fila = {}) =>
  alta('movimientos', {
    cobro_n: 1,
    secuencia,
    proveedor: `'stripe'`,
    tipo: `'captura'`,
    importe: 5,
    referencia: `'ch_${secuencia}'`,
    en: 1,
    ...otras,
  })
const ajeno = (referencia: string, tipo = 'captura', otras: Fila = {}) =>
  alta('ajenos', {
    proveedor: `'stripe'`,
    tipo: `'${tipo}'`,
    referencia: `'${referencia}'`,
    importe: 5,
    moneda: `'EUR'`,
    cobro_n: 1,
    en: 1,
    ...otras,
  })
const reembolso = (id: string, otras: Fila = {}) =>
  alta('reembolsos', {
    id: `'${id}'`,
    cobro_n: 1,
    importe: 1,
    motivo: `'m'`,
    estado: `'enviado'`,
    ajeno: 0,
    desde: 1,
    actualizado_en: 1,
    ...otras,
  })
const aviso = (evento: string, otras: Fila = {}) =>
  alta('avisos', {
    proveedor: `'stripe'`,
    evento_id: `'${evento}'`,
    referencia: `'r1'`,
    cuerpo: 'bytes(1)',
    estado: `'pendiente'`,
    intentos: 0,
    recibido_en: 1,
    proxima_en: 1,
    ...otras,
  })
const metodo = (codigo: string, otras: Fila = {}) =>
  alta('metodos_pago', {
    codigo: `'${codigo}'`,
    proveedor: `'manual'`,
    nombre: `'n'`,
    momento: `'antes'`,
    minimo: 1,
    maximo: 9,
    paises: `'[]'`,
    activo: 1,
    posicion: 1,
    version: 1,
    creado_en: 1,
    actualizado_en: 1,
    ...otras,
  })

const fijos = (tabla: string, columnas: readonly string[]) =>
  columnas.map((columna) => `UPDATE ${tabla} SET ${columna} = ${columna}`)
const adelante = (estado: string) => `UPDATE cobros SET estado = '${estado}'`

export const pagos: Rules = {
  rows: [
    metodo('m'),
    cobro(1),
    cobro(2, { estado: `'cobrado'`, referencia: 'NULL' }),
    cobro(3, { estado: `'cerrado'`, causa: `'vencido'` }),
    movimiento(1),
    ajeno('x'),
    ajeno('z', 'captura', { resuelto_en: 1 }),
    reembolso('r'),
    aviso('e'),
    `INSERT INTO eventos (secuencia, tipo, sujeto, datos, en) VALUES (1, 't', 'c1', '{}', 1)`,
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 1, 'a')`,
  ],
  refused: {
    metodos_pago_momento: [metodo('otro', { momento: `'luego'` })],
    metodos_pago_activo: [`UPDATE metodos_pago SET activo = 2`],
    metodos_pago_plazo: [`UPDATE metodos_pago SET plazo_segundos = 0`],
    metodos_pago_limites: [
      `UPDATE metodos_pago SET maximo = 0`,
      `UPDATE metodos_pago SET minimo = -1`,
    ],
    cobros_estado: [cobro(4, { estado: `'otro'` })],
    cobros_causa: [cobro(4, { estado: `'cerrado'`, causa: `'otra'` })],
    cobros_cierre: [
      cobro(4, { estado: `'cerrado'` }),
      cobro(4, { estado: `'cobrado'`, causa: `'vencido'` }),
    ],
    cobros_momento: [cobro(4, { momento: `'luego'` })],
    cobros_volver: [cobro(4, { volver_a: `'x'` })],
    cobros_disputa: [cobro(4, { disputa: `'otra'` })],
    cobros_importe: [cobro(4, { importe: 0 }), cobro(4, { importe: 1_000_000_000_001 })],
    cobros_sumas: ['autorizado', 'cobrado', 'reembolsado', 'disputado'].map(
      (suma) => `UPDATE cobros SET ${suma} = -1`,
    ),
    cobros_contada: [
      cobro(4, { contada: 3 }),
      `UPDATE cobros SET contada = 3 WHERE n = 1`,
      cobro(4, { contada: -1 }),
    ],
    cobros_quedan: { says: 'charges are kept', of: [`DELETE FROM cobros`] },
    cobros_fijos: {
      says: 'what a charge was made as never changes',
      of: fijos('cobros', [
        'n',
        'id',
        'pedido_id',
        'numero',
        'cliente_id',
        'creado_por',
        'metodo',
        'proveedor',
        'momento',
        'importe',
        'moneda',
        'creado_en',
      ]),
    },
    cobros_referencia_fija: {
      says: 'what a provider calls a charge never changes',
      of: [
        `UPDATE cobros SET referencia = 'otra' WHERE n = 1`,
        `UPDATE cobros SET referencia = NULL WHERE n = 1`,
      ],
    },
    cobros_adelante: {
      says: 'a charge never goes back',
      of: [
        `${adelante('creado')} WHERE n = 1`,
        `${adelante('abierto')}, causa = NULL WHERE n = 3`,
        `${adelante('autorizado')} WHERE n = 2`,
        `${adelante('cerrado')}, causa = 'vencido' WHERE n = 2`,
      ],
    },
    cobros_version: {
      says: 'the version of a charge only grows',
      of: [`UPDATE cobros SET version = 1`, `UPDATE cobros SET contada = 0`],
    },
    movimientos_tipo: [movimiento(2, { tipo: `'regalo'` })],
    movimientos_importe: [movimiento(2, { importe: 0 }), movimiento(2, { importe: -1 })],
    movimientos_secuencia: [movimiento(0)],
    movimientos_sin_cambios: {
      says: 'movimientos is append-only',
      of: [`UPDATE movimientos SET importe = 6`, `DELETE FROM movimientos`],
    },
    ajenos_tipo: [ajeno('y', 'regalo')],
    ajenos_quedan: { says: 'what is not ours is kept', of: [`DELETE FROM ajenos`] },
    ajenos_fijos: {
      says: 'what a provider told never changes',
      of: fijos('ajenos', [
        'proveedor',
        'tipo',
        'referencia',
        'importe',
        'moneda',
        'cobro_n',
        'en',
      ]),
    },
    ajenos_resueltos: {
      says: 'what is settled stays as it was settled',
      of: [`UPDATE ajenos SET resuelto_en = 3`, `UPDATE ajenos SET resolucion = 'otra'`],
    },
    reembolsos_estado: [reembolso('s', { estado: `'otro'` })],
    reembolsos_importe: [reembolso('s', { importe: 0 })],
    reembolsos_ajeno: [reembolso('s', { ajeno: 2 })],
    reembolsos_quedan: { says: 'refunds are kept', of: [`DELETE FROM reembolsos`] },
    reembolsos_fijos: {
      says: 'what a refund was asked as never changes',
      of: fijos('reembolsos', ['id', 'cobro_n', 'importe', 'motivo', 'ajeno', 'desde']),
    },
    reembolsos_adelante: {
      says: 'a refund that was sent is not sent anew',
      of: [`UPDATE reembolsos SET estado = 'por-enviar'`],
    },
    avisos_estado: [aviso('f', { estado: `'otro'`, proxima_en: 'NULL' })],
    avisos_proxima: [aviso('f', { proxima_en: 'NULL' }), `UPDATE avisos SET estado = 'hecho'`],
    avisos_cuerpo: [aviso('f', { cuerpo: 'NULL' })],
    eventos_sin_cambios: {
      says: 'history never changes',
      of: [`UPDATE eventos SET tipo = 'x'`, `DELETE FROM eventos`],
    },
    auditoria_sin_cambios: {
      says: 'the audit log is append-only',
      of: [`UPDATE auditoria SET accion = 'b'`, `DELETE FROM auditoria`],
    },
  },
  taken: [
    `${adelante('cobrado')}, causa = NULL WHERE n = 3`,
    `${adelante('cobrado')}, version = 3, contada = 2, consultar_en = NULL WHERE n = 1`,
    `UPDATE cobros SET referencia = 'r2' WHERE n = 2`,
    movimiento(2),
    `UPDATE ajenos SET resuelto_en = 2, resolucion = 're_1' WHERE referencia = 'x'`,
    `UPDATE reembolsos SET estado = 'fallido'`,
    `UPDATE reembolsos SET estado = 'hecho', referencia = 'x'`,
    `UPDATE avisos SET estado = 'hecho', cuerpo = NULL, proxima_en = NULL`,
  ],
}
