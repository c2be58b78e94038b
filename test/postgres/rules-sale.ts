import type { Rules } from './rules.ts'

// What pedidos' tables of a sale refuse. Orders 1 to 3 are there.

type Condiciones = Readonly<Record<string, string | number>>
const condiciones = (numero: number, otras: Condiciones = {}) => {
  const fila = {
    envio_importe: 5,
    envio_clase: `'general'`,
    envio_tasa: 1500,
    envio_por_dentro: 0,
    envio_impuesto: 1,
    descuento: 1,
    cupon: `'C'`,
    metodo_envio: `'{}'`,
    contacto: `'{}'`,
    facturacion: `'{}'`,
    invitado: 0,
    ...otras,
  }
  return `INSERT INTO pedido_condiciones (numero, ${Object.keys(fila).join(', ')})
    VALUES (${numero}, ${Object.values(fila).join(', ')})`
}
const cupon = (codigo: string, tipo: string, valor: string, usados = 0, usosMaximos = 'NULL') =>
  `INSERT INTO cupones (codigo, tipo, valor, categorias, activo, usados, usos_maximos, version, creado_en,
     actualizado_en) VALUES ('${codigo}', '${tipo}', ${valor}, '[]', 1, ${usados}, ${usosMaximos}, 1, 1, 1)`
const aviso = (id: number, para: string, estado: string, terminadoEn: string, tipo = 'recibido') =>
  `INSERT INTO avisos (id, secuencia, tipo, numero, para, estado, intentos, creado_en, terminado_en)
     VALUES (${id}, 1, '${tipo}', 1, '${para}', '${estado}', 0, 1, ${terminadoEn})`
const abono = (causa: string, importe: number, impuesto: number) =>
  `INSERT INTO abonos (id, numero, causa, importe, impuesto, motivo, actor, en)
     VALUES ('b', 2, '${causa}', ${importe}, ${impuesto}, 'm', 'a', 1)`
const lineaCon = (columna: string, valor: number) =>
  `INSERT INTO pedido_lineas (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario, ${columna})
     VALUES (2, 1, 'p', 's', 'n', 1, 1, ${valor})`
const says = 'what an order was made as never changes'
const agreed = [
  'envio_importe = 4',
  "cupon = 'D'",
  'descuento = 0',
  "contacto = '[]'",
  'numero = 9',
]
const appendOnly = 'the audit log is append-only'

export const venta: Rules = {
  rows: [
    condiciones(1),
    cupon('C', 'importe', '5', 1, '1'),
    aviso(1, 'cliente', 'por-enviar', 'NULL'),
    abono('anulacion', 5, 1).replace("'b'", "'a'"),
    'INSERT INTO enlaces (numero, vuelta) VALUES (1, 1)',
    `INSERT INTO metodos_envio (codigo, nombre, tipo, zonas, tarifa, clase_impuesto, activo, posicion, version,
       actualizado_en) VALUES ('m', 'n', 'retiro', '[]', '{}', 'general', 1, 0, 1, 1)`,
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 1, 'a')`,
  ],
  refused: {
    pedido_condiciones_envio: [condiciones(2, { envio_importe: -1, envio_impuesto: -2 })],
    pedido_condiciones_impuesto: [condiciones(2, { envio_impuesto: 6 })],
    pedido_condiciones_tasa: [condiciones(2, { envio_tasa: 10_001 })],
    pedido_condiciones_por_dentro: [condiciones(2, { envio_por_dentro: 2 })],
    pedido_condiciones_descuento: [condiciones(2, { descuento: -1 })],
    pedido_condiciones_cupon: [condiciones(2, { cupon: 'NULL' })],
    pedido_condiciones_metodo: [condiciones(2, { metodo_envio: 'NULL' })],
    pedido_condiciones_idioma: [condiciones(2, { idioma: `'fr'` })],
    pedido_condiciones_invitado: [condiciones(2, { invitado: 2 })],
    pedido_condiciones_fijas: {
      says,
      of: agreed.map((change) => `UPDATE pedido_condiciones SET ${change}`),
    },
    pedido_condiciones_quedan: { says, of: ['DELETE FROM pedido_condiciones'] },
    pedido_lineas_descuento: [lineaCon('descuento', -1)],
    pedido_lineas_tasa: [lineaCon('tasa', 10_001)],
    pedido_lineas_por_dentro: [lineaCon('por_dentro', 2)],
    pedido_lineas_impuesto: [lineaCon('impuesto', -1)],
    metodos_envio_tipo: [`UPDATE metodos_envio SET tipo = 'paloma'`],
    metodos_envio_activo: ['UPDATE metodos_envio SET activo = 2'],
    cupones_tipo: [cupon('D', 'regalo', '5')],
    cupones_valor: [cupon('D', 'importe', 'NULL'), cupon('D', 'envio-gratis', '5')],
    cupones_porcentaje: [cupon('D', 'porcentaje', '0'), cupon('D', 'porcentaje', '10001')],
    cupones_usados: ['UPDATE cupones SET usados = 2', 'UPDATE cupones SET usados = -1'],
    cupones_activo: ['UPDATE cupones SET activo = 2'],
    avisos_para: [aviso(2, 'nadie', 'por-enviar', 'NULL', 'otro')],
    avisos_estado: [aviso(2, 'cliente', 'perdido', '2', 'otro')],
    avisos_fin: [
      aviso(2, 'cliente', 'enviado', 'NULL', 'otro'),
      aviso(2, 'cliente', 'por-enviar', '2', 'otro'),
    ],
    abonos_causa: [abono('regalo', 5, 1)],
    abonos_importe: [abono('anulacion', -1, -2)],
    abonos_impuesto: [abono('anulacion', 5, 6)],
    abonos_fijos: {
      says: 'credits never change',
      of: [
        'UPDATE abonos SET importe = 4, motivo = NULL',
        `UPDATE abonos SET motivo = 'otro'`,
        `UPDATE abonos SET motivo = NULL, lineas = '[]'`,
        `UPDATE abonos SET motivo = NULL, causa = 'baja'`,
      ],
    },
    abonos_quedan: { says: 'credits never change', of: ['DELETE FROM abonos'] },
    enlaces_adelante: {
      says: 'a link that was taken back stays so',
      of: ['UPDATE enlaces SET vuelta = 1', 'UPDATE enlaces SET vuelta = 0'],
    },
    auditoria_sin_cambios: {
      says: appendOnly,
      of: [`UPDATE auditoria SET accion = 'b'`, 'DELETE FROM auditoria'],
    },
  },
  taken: [
    'UPDATE pedido_condiciones SET contacto = NULL, facturacion = NULL',
    'UPDATE abonos SET motivo = NULL',
    'UPDATE enlaces SET vuelta = 2',
    cupon('D', 'envio-gratis', 'NULL'),
    cupon('E', 'porcentaje', '10000'),
    lineaCon('tasa', 1500),
  ],
}
