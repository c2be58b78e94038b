// What the tables of the services refuse, whoever writes to them: their checks and their triggers, as
// statements against a few rows. `bytes(n)` stands for so many bytes.

import { dinero } from './rules-money.ts'
import { pagos } from './rules-pagos.ts'
import { venta } from './rules-sale.ts'

export interface Rules {
  /** Rows that break none. */
  readonly rows: readonly string[]
  /** What each rule refuses; words are what is said, where that isn't the rule's name. */
  readonly refused: Readonly<Record<string, readonly string[] | Said>>
  /** What comes near to what is refused, and is taken. */
  readonly taken: readonly string[]
}
interface Said {
  readonly says: string | RegExp
  readonly of: readonly string[]
}

const said = (says: string | RegExp, ...of: string[]): Said => ({ says, of })
const hash = 'a'.repeat(64)

const erased = `eliminado_en = 1, email = NULL, email_clave = NULL, nombre = NULL, password_hash = NULL, activo = 0`
const auth: Rules = {
  rows: [
    `INSERT INTO usuarios (numero, id, email, email_clave, password_hash, nombre, rol, activo, creado_en,
       actualizado_en) VALUES (1, 'u', 'e', 'e', 'h', 'n', 'cliente', 1, 1, 1)`,
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 1, 'a')`,
    `INSERT INTO correos (id, tipo, usuario_id, token, estado, creado_en, caduca_en, proximo_en)
       VALUES ('c', 't', 'u', 's', 'pendiente', 1, 1, 1)`,
    `INSERT INTO direcciones (id, usuario_id, predeterminada, datos) VALUES ('d', 'u', 1, '{}')`,
    `INSERT INTO tienda_imagenes (uso, huella, tipo, bytes)
       VALUES ('logo', '${hash}', 'image/png', bytes(1))`,
  ],
  refused: {
    usuarios_rol: [`UPDATE usuarios SET rol = 'jefe'`],
    usuarios_invitado: [`UPDATE usuarios SET invitado = 2`],
    usuarios_activo: [`UPDATE usuarios SET activo = 2`],
    usuarios_datos: [
      `UPDATE usuarios SET nombre = NULL`,
      `UPDATE usuarios SET eliminado_en = 1`,
      `UPDATE usuarios SET ${erased}, cedula = '1'`,
      `UPDATE usuarios SET email = NULL, email_clave = NULL`,
      `UPDATE usuarios SET email = NULL, password_hash = NULL`,
      `UPDATE usuarios SET invitado = 1, password_hash = NULL`,
      `UPDATE usuarios SET invitado = 1, email_clave = NULL`,
      `UPDATE usuarios SET invitado = 1, email_clave = NULL, password_hash = NULL, rol = 'operador'`,
    ],
    usuarios_palabras: [`UPDATE usuarios SET ${erased}, palabras = 'x'`],
    direcciones_una: [`UPDATE direcciones SET predeterminada = 2`],
    correos_estado: [
      `UPDATE correos SET estado = 'otro', token = NULL, proximo_en = NULL, terminado_en = 1`,
    ],
    correos_secreto: [
      `UPDATE correos SET token = NULL`,
      `UPDATE correos SET estado = 'enviado', proximo_en = NULL, terminado_en = 1`,
    ],
    tienda_una: [`INSERT INTO tienda (id, cara, version, actualizado_en) VALUES (2, '{}', 1, 1)`],
    tienda_imagenes_uso: [`UPDATE tienda_imagenes SET uso = 'fondo'`],
    tienda_imagenes_huella: [`UPDATE tienda_imagenes SET huella = 'a'`],
    tienda_imagenes_tipo: [`UPDATE tienda_imagenes SET tipo = 'image/gif'`],
    tienda_imagenes_bytes: [
      `UPDATE tienda_imagenes SET bytes = bytes(0)`,
      `UPDATE tienda_imagenes SET bytes = bytes(524289)`,
    ],
    auditoria_sin_cambios: said(
      'the audit log is append-only',
      `UPDATE auditoria SET accion = 'b'`,
      `DELETE FROM auditoria`,
    ),
  },
  taken: [
    `UPDATE tienda_imagenes SET bytes = bytes(524288)`,
    `UPDATE usuarios SET password_hash = NULL, rol = 'operador'`,
    `UPDATE usuarios SET password_hash = NULL, email = NULL, email_clave = NULL, rol = 'cliente'`,
    `UPDATE usuarios SET email = 'e', invitado = 1`,
    `UPDATE usuarios SET ${erased}`,
  ],
}

const movimiento = (
  tipo: string,
  cantidad: number,
  queda: number,
  pedido: string,
  quien: string,
  acto = 'NULL',
) =>
  `INSERT INTO movimientos (secuencia, id, producto_id, tipo, cantidad, fisico_resultante, pedido_id, usuario_id,
     creado_en, acto_id) VALUES (2, 'otro', 'p', '${tipo}', ${cantidad}, ${queda}, ${pedido}, ${quien}, 1, ${acto})`
const inventario: Rules = {
  rows: [
    `INSERT INTO existencias (producto_id, fisico, reservado, umbral_minimo, version, actualizado_en)
       VALUES ('p', 10, 5, 0, 1, 1)`,
    `INSERT INTO movimientos (secuencia, id, producto_id, tipo, cantidad, fisico_resultante, usuario_id, creado_en)
       VALUES (1, 'm', 'p', 'ENTRADA', 10, 10, 'u', 1)`,
    `INSERT INTO reservas (n, pedido_id, estado, expira_en, creada_en, cerrada_en)
       VALUES (1, 'una', 'activa', 9, 1, NULL), (2, 'otra', 'liberada', 9, 1, 2)`,
    `INSERT INTO reserva_lineas (reserva_n, producto_id, cantidad) VALUES (1, 'p', 5)`,
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 1, 'a')`,
  ],
  refused: {
    existencias_reservado: [
      `UPDATE existencias SET reservado = -1`,
      `UPDATE existencias SET reservado = 11`,
    ],
    existencias_fisico: [`UPDATE existencias SET fisico = 1000000000001`],
    existencias_umbral: [`UPDATE existencias SET umbral_minimo = -1`],
    existencias_check: said(
      /existencias_check|0 <= "faltan" AND "faltan" <= "fisico"/,
      `UPDATE existencias SET faltan = -1`,
      `UPDATE existencias SET faltan = 11`,
    ),
    movimientos_signo: [
      movimiento('ENTRADA', -1, 9, 'NULL', "'u'"),
      movimiento('ENTRADA', 0, 9, 'NULL', "'u'"),
      movimiento('SALIDA', 1, 9, 'NULL', "'u'"),
      movimiento('VENTA', 1, 9, "'o'", 'NULL'),
      movimiento('DEVOLUCION', -1, 9, "'o'", 'NULL', "'d'"),
      movimiento('REGALO', 1, 9, 'NULL', "'u'"),
    ],
    movimientos_fisico: [movimiento('SALIDA', -1, -1, 'NULL', "'u'")],
    movimientos_origen: [
      movimiento('VENTA', -1, 9, 'NULL', "'u'"),
      movimiento('VENTA', -1, 9, "'o'", "'u'"),
      movimiento('SALIDA', -1, 9, "'o'", 'NULL'),
      movimiento('SALIDA', -1, 9, 'NULL', 'NULL'),
    ],
    movimientos_acto: [
      movimiento('DEVOLUCION', 1, 11, "'o'", 'NULL'),
      movimiento('SALIDA', -1, 9, 'NULL', "'u'", "'d'"),
    ],
    reservas_estado: [`UPDATE reservas SET estado = 'otra', cerrada_en = 2 WHERE n = 1`],
    reservas_cierre: [
      `UPDATE reservas SET cerrada_en = 2 WHERE n = 1`,
      `UPDATE reservas SET estado = 'liberada' WHERE n = 1`,
    ],
    reserva_lineas_cantidad: [
      `INSERT INTO reserva_lineas (reserva_n, producto_id, cantidad) VALUES (2, 'p', 0)`,
    ],
    instalacion_una: [`INSERT INTO instalacion (n, pedidos, desde) VALUES (2, 'x', 1)`],
    movimientos_sin_cambios: said(
      'movimientos is append-only',
      `UPDATE movimientos SET motivo = 'x'`,
    ),
    movimientos_sin_borrado: said('movimientos is append-only', `DELETE FROM movimientos`),
    reserva_lineas_sin_cambios: said(
      'the lines of a reservation never change',
      `UPDATE reserva_lineas SET cantidad = 4`,
    ),
    reserva_lineas_sin_borrado: said(
      'the lines of a reservation never change',
      `DELETE FROM reserva_lineas`,
    ),
    reservas_cerradas: said(
      'a closed reservation never changes',
      `UPDATE reservas SET expira_en = 10 WHERE n = 2`,
      `UPDATE reservas SET estado = 'activa', cerrada_en = NULL WHERE n = 2`,
    ),
    auditoria_sin_cambios: said(
      'the audit log is append-only',
      `UPDATE auditoria SET accion = 'b'`,
      `DELETE FROM auditoria`,
    ),
    reservas_sin_borrado: said('reservations are kept', `DELETE FROM reservas WHERE n = 2`),
  },
  taken: [
    movimiento('AJUSTE', 0, 10, 'NULL', "'u'"),
    `UPDATE existencias SET fisico = 1000000000000, faltan = 10`,
    `UPDATE reservas SET expira_en = 10 WHERE n = 1`,
    `UPDATE reservas SET estado = 'confirmada', cerrada_en = 2 WHERE n = 1`,
  ],
}

const pedido = (numero: number, estado: string, cliente: string, total = 1) =>
  `INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intentos, total, moneda, expira_en,
     creado_en, actualizado_en, sello) VALUES (${numero}, 'o${numero}', '${cliente}', 'c', '${estado}', 1, 0, ${total},
     'USD', 9, 1, 1, bytes(1))`
const evento = (numero: number) =>
  `INSERT INTO pedido_eventos (secuencia, numero, estado, motivo, actor, en)
     VALUES (${numero}, ${numero}, 'Pendiente', 'm', 'a', 1)`
const linea = (cantidad: number, precio: number) =>
  `INSERT INTO pedido_lineas (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario)
     VALUES (2, 0, 'p', 's', 'n', ${cantidad}, ${precio})`
const clave = (numero: string, negativa: string) =>
  `INSERT INTO idempotencia (usuario_id, clave, huella, numero, negativa, creada_en)
     VALUES ('u', 'k', 'h', ${numero}, ${negativa}, 1)`
const proposito = (cual: string, numero: number) =>
  `UPDATE pedidos SET intencion = '${cual}', intencion_actor = 'a', intencion_desde = 1, proximo_intento_en = 1
     WHERE numero = ${numero}`
const comoSeHizo = ['numero', 'id', 'creado_por', 'total', 'moneda', 'creado_en']
const pedidos: Rules = {
  rows: [
    pedido(1, 'Pendiente', 'c'),
    pedido(2, 'Completado', 'c'),
    pedido(3, 'Cancelado', 'z'),
    `INSERT INTO pedido_lineas (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario)
       VALUES (1, 0, 'p', 's', 'n', 1, 1)`,
    evento(1),
    evento(3),
    `INSERT INTO clientes_borrados (id, anotado_en) VALUES ('z', 1)`,
    `INSERT INTO resumen_tramos (nivel, moneda, tramo, pedidos, completados, cancelados, ingresos)
       VALUES (0, 'USD', 0, 1, 1, 0, 1)`,
    `INSERT INTO resumen_vendidos (nivel, tramo, producto, unidades, ingresos) VALUES (0, 0, 0, 1, 1)`,
    `INSERT INTO resumen_dinero VALUES (0, 'USD', 0, 'm', 1, 0, 0)`,
    ...venta.rows,
    ...dinero.rows,
  ],
  refused: {
    pedidos_estado: [`UPDATE pedidos SET estado = 'Otro' WHERE numero = 1`],
    pedidos_proposito: [proposito('olvidar', 1)],
    pedidos_intencion: [proposito('completar', 2)],
    pedidos_intencion_entera: [
      `UPDATE pedidos SET intencion = 'completar' WHERE numero = 1`,
      ...['intencion_actor', 'intencion_desde', 'proximo_intento_en'].map((falta) =>
        proposito('completar', 1).replace(
          new RegExp(`${falta} = \\S+?(?=,|\\s)`),
          `${falta} = NULL`,
        ),
      ),
    ],
    pedidos_motivo: [`UPDATE pedidos SET motivo = 'm' WHERE numero = 1`],
    pedidos_total: [
      pedido(4, 'Pendiente', 'c', -1),
      pedido(4, 'Pendiente', 'c', 1_000_000_000_001),
    ],
    idempotencia_respuesta: [clave('NULL', 'NULL'), clave('1', "'x'")],
    pedido_lineas_cantidad: [linea(0, 1), linea(1_000_001, 1)],
    pedido_lineas_precio: [linea(1, -1), linea(1, 1_000_000_000_001)],
    resumen_tramos_cuentas: ['pedidos', 'completados', 'cancelados', 'ingresos', 'abonado'].map(
      (cuenta) => `UPDATE resumen_tramos SET ${cuenta} = -1`,
    ),
    resumen_dinero_cobrado: ['UPDATE resumen_dinero SET cobrado = -1'],
    pedido_lineas_fijas: said(
      'the lines of an order never change',
      `UPDATE pedido_lineas SET precio_unitario = 2`,
    ),
    pedido_lineas_quedan: said(
      'the lines of an order are never deleted',
      `DELETE FROM pedido_lineas`,
    ),
    pedidos_fijos: said(
      'what an order was made as never changes',
      ...comoSeHizo.map((columna) => `UPDATE pedidos SET ${columna} = ${columna} WHERE numero = 1`),
    ),
    pedidos_de_quien: said(
      'whose an order is changes once, from a guest',
      `UPDATE pedidos SET cliente_id = 'otra' WHERE numero = 1`,
    ),
    pedidos_quedan: said('orders are never deleted', `DELETE FROM pedidos WHERE numero = 2`),
    pedidos_mas_tarde: said(
      'an order runs out later or as it did',
      `UPDATE pedidos SET expira_en = 8 WHERE numero = 1`,
      `UPDATE pedidos SET expira_en = 10 WHERE numero = 2`,
    ),
    pedidos_una_vez: said(
      'an order that has ended stays as it is',
      `UPDATE pedidos SET estado = 'Cancelado' WHERE numero = 2`,
      `UPDATE pedidos SET estado = 'Pendiente' WHERE numero = 3`,
    ),
    pedidos_sello: said(
      'the seal of an order never changes',
      `UPDATE pedidos SET sello = bytes(2) WHERE numero = 1`,
    ),
    clientes_borrados_quedan: said(
      'an erased customer stays erased',
      `DELETE FROM clientes_borrados`,
    ),
    pedido_eventos_fijos: said(
      'history never changes',
      `UPDATE pedido_eventos SET motivo = 'otro' WHERE numero = 3`,
      ...['estado', 'actor', 'en', 'tipo', 'datos'].map(
        (columna) => `UPDATE pedido_eventos SET motivo = NULL, ${columna} = '2' WHERE numero = 3`,
      ),
    ),
    pedido_eventos_olvido: said(
      'history never changes',
      `UPDATE pedido_eventos SET motivo = NULL WHERE numero = 1`,
    ),
    ...venta.refused,
    ...dinero.refused,
  },
  taken: [
    ...venta.taken,
    ...dinero.taken,
    linea(1_000_000, 1_000_000_000_000),
    clave('1', 'NULL'),
    proposito('completar', 1),
    `UPDATE pedidos SET expira_en = 10 WHERE numero = 1`,
    `UPDATE pedidos SET sello = NULL WHERE numero = 2`,
    `UPDATE pedidos SET motivo = 'm' WHERE numero = 3`,
    `UPDATE pedido_eventos SET motivo = NULL WHERE numero = 3`,
  ],
}

const productos: Rules = {
  rows: [
    `INSERT INTO productos (n, id, sku, nombre, nombre_plegado, descripcion, precio, atributos, activo, version,
       creado_en, actualizado_en, sku_clave) VALUES (1, 'p', 'S', 'n', 'n', '', 1, '{}', 1, 1, 1, 1, 's')`,
    `INSERT INTO precios (n, producto_n, precio, desde, usuario_id) VALUES (1, 1, 1, 1, 'u')`,
    `INSERT INTO impuestos (codigo, desde, nombre, tasa, modo, escrito_en) VALUES
       ('general', 10, 'IVA', 1500, 'incluido', 5)`,
    `INSERT INTO auditoria (numero, en, accion) VALUES (1, 1, 'a')`,
    `INSERT INTO imagenes (hash, tipo, bytes, creado_en, libre_desde)
       VALUES ('${hash}', 'image/png', bytes(1), 1, 1)`,
  ],
  refused: {
    productos_precio: [
      `UPDATE productos SET precio = -1`,
      `UPDATE productos SET precio = 1000000000001`,
    ],
    productos_activo: [`UPDATE productos SET activo = 2`],
    productos_version: [`UPDATE productos SET version = 0`],
    productos_textos: [`UPDATE productos SET sku = ''`, `UPDATE productos SET nombre = ''`],
    productos_atributos: said(
      /productos_atributos|invalid input syntax for type json/,
      `UPDATE productos SET atributos = '{'`,
    ),
    productos_clase_impuesto: [`UPDATE productos SET clase_impuesto = ''`],
    productos_peso: [
      `UPDATE productos SET peso_gramos = -1`,
      `UPDATE productos SET peso_gramos = 1000000001`,
    ],
    precios_precio: [`UPDATE precios SET precio = -1`],
    impuestos_textos: [`UPDATE impuestos SET nombre = ''`],
    impuestos_tasa: [`UPDATE impuestos SET tasa = -1`, `UPDATE impuestos SET tasa = 10001`],
    impuestos_modo: [`UPDATE impuestos SET modo = 'fuera'`],
    impuestos_desde: [
      `INSERT INTO impuestos (codigo, desde, nombre, tasa, modo, escrito_en) VALUES
         ('general', 4, 'IVA', 1500, 'incluido', 5)`,
    ],
    impuestos_empezados: said(
      'a rate that has begun stays',
      `UPDATE impuestos SET tasa = 1, escrito_en = 10`,
      `UPDATE impuestos SET desde = 11`,
      `UPDATE impuestos SET codigo = 'otro'`,
    ),
    auditoria_sin_cambios: said(
      'the audit log is append-only',
      `UPDATE auditoria SET accion = 'b'`,
      `DELETE FROM auditoria`,
    ),
    impuestos_sin_borrados: said('a rate that has begun stays', `DELETE FROM impuestos`),
    imagenes_hash: [`UPDATE imagenes SET hash = 'a'`],
    imagenes_tipo: [`UPDATE imagenes SET tipo = 'image/svg+xml'`],
    imagenes_bytes: [
      `UPDATE imagenes SET bytes = bytes(0)`,
      `UPDATE imagenes SET bytes = bytes(2097153)`,
    ],
  },
  taken: [
    `UPDATE productos SET precio = 1000000000000`,
    `UPDATE productos SET peso_gramos = 1000000000`,
    `UPDATE impuestos SET tasa = 10000, escrito_en = 9`,
    `UPDATE imagenes SET bytes = bytes(2097152)`,
  ],
}

export const rulesOf = { auth, inventario, pedidos, pagos, productos }
