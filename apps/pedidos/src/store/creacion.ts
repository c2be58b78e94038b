import { idempotencyTtlMs } from '@encargo/service-kit/idempotency'
import type { Storage } from '@encargo/storage'
import type { Negativa } from '../domain/compra.ts'
import { type PedidoPendiente, versionInicial } from '../domain/pedido.ts'
import { palabraDe, textoDe } from './busqueda.ts'
import type { Lectura } from './lectura.ts'
import type { Clave, Creacion, NuevoPedido, Respuesta } from './port.ts'
import type { PedidosSchema } from './tables.ts'

type Client = Storage<PedidosSchema>['client']

/** The hot path of a purchase: prepared once, on the connection itself. */
function prepare(client: Client) {
  return {
    respuesta: client.prepare<
      { huella: string; numero: number | null; negativa: string | null },
      [string, string, number]
    >(
      `SELECT huella, numero, negativa FROM idempotencia
       WHERE usuario_id = ? AND clave = ? AND creada_en > ?`,
    ),
    usado: client.prepare<{ usado: number }, [string, string]>(
      `SELECT EXISTS (SELECT 1 FROM pedidos WHERE id = ?)
           OR EXISTS (SELECT 1 FROM descartes WHERE id = ?) AS usado`,
    ),
    borrado: client.prepare<{ n: number }, [string]>(
      'SELECT 1 AS n FROM clientes_borrados WHERE id = ?',
    ),
    ultimo: client.prepare<{ creadoEn: number }, []>(
      'SELECT creado_en AS creadoEn FROM pedidos ORDER BY numero DESC LIMIT 1',
    ),
    pedido: client.prepare(
      `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intencion,
         intencion_actor, intencion_desde, intentos, proximo_intento_en, total, moneda, notas,
         direccion_envio, expira_en, creado_en, actualizado_en)
       VALUES (?1, ?2, ?3, 'Pendiente', ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)`,
    ),
    linea: client.prepare(
      `INSERT INTO pedido_lineas
         (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    evento: client.prepare(
      `INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (?, 'Pendiente', ?, ?)`,
    ),
    corrida: client.prepare(
      `INSERT INTO pedido_corridas
         (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
       VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?6)`,
    ),
    busqueda: client.prepare('INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (?, ?, ?)'),
    contestar: client.prepare(
      `INSERT INTO idempotencia (usuario_id, clave, huella, numero, negativa, creada_en)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (usuario_id, clave) DO UPDATE SET huella = excluded.huella,
         numero = excluded.numero, negativa = excluded.negativa, creada_en = excluded.creada_en`,
    ),
  }
}

/** Orders and the answers to idempotency keys, as they come into being. */
export function createCreacion(storage: Storage<PedidosSchema>, lectura: Lectura) {
  const statements = prepare(storage.client)

  function respuesta(usuarioId: string, clave: string, ahora: number): Respuesta | null {
    const fila = statements.respuesta.get(usuarioId, clave, ahora - idempotencyTtlMs)
    if (!fila) return null
    const { huella, numero, negativa } = fila
    if (negativa !== null) {
      // Written by `contestar` below, from a Negativa.
      return { tipo: 'negativa', huella, negativa: JSON.parse(negativa) as Negativa }
    }
    const pedido = numero === null ? null : lectura.porNumero(numero)
    if (!pedido) throw new Error('an idempotency key names an order that is not there')
    return { tipo: 'pedido', huella, pedido }
  }

  function usado(id: string): boolean {
    return statements.usado.get(id, id)?.usado === 1
  }

  function contestar(
    clave: Clave,
    answer: { numero: number } | { negativa: Negativa },
    ahora: number,
  ) {
    const numero = 'numero' in answer ? answer.numero : null
    const negativa = 'negativa' in answer ? JSON.stringify(answer.negativa) : null
    statements.contestar.run(clave.usuarioId, clave.clave, clave.huella, numero, negativa, ahora)
  }

  function insertar(nuevo: NuevoPedido, creadoEn: number): number {
    const { completarDesde } = nuevo
    const intencion = completarDesde === null ? null : 'completar'
    const { lastInsertRowid } = statements.pedido.run(
      nuevo.id,
      nuevo.clienteId,
      nuevo.creadoPor,
      versionInicial,
      intencion,
      intencion && nuevo.creadoPor,
      intencion && creadoEn,
      completarDesde,
      nuevo.total,
      nuevo.moneda,
      nuevo.notas,
      nuevo.direccionEnvio && JSON.stringify(nuevo.direccionEnvio),
      nuevo.expiraEn,
      creadoEn,
    )
    return Number(lastInsertRowid)
  }

  function insertarDetalle(numero: number, nuevo: NuevoPedido, creadoEn: number): void {
    for (const [posicion, linea] of nuevo.lineas.entries()) {
      const { productoId, sku, nombre, cantidad, precioUnitario } = linea
      statements.linea.run(numero, posicion, productoId, sku, nombre, cantidad, precioUnitario)
    }
    statements.evento.run(numero, nuevo.creadoPor, creadoEn)
    const { operacion, actor, traza, resultado, en, us, pasos } = nuevo.corrida
    const texto = JSON.stringify(pasos)
    statements.corrida.run(numero, operacion, actor, traza, resultado, en, us, texto)
    statements.busqueda.run(numero, palabraDe(nuevo.clienteId), textoDe(numero, nuevo))
  }

  function crear(nuevo: NuevoPedido): Creacion {
    const { clave } = nuevo
    const previa = clave && respuesta(clave.usuarioId, clave.clave, nuevo.ahora)
    if (previa) return { resultado: 'respondida', respuesta: previa }
    if (usado(nuevo.id)) return { resultado: 'usado' }
    // Asked for here, not before: whoever erases either sees this order or is seen by it.
    if (statements.borrado.get(nuevo.clienteId)) return { resultado: 'cliente-borrado' }
    // Moments never go back while numbers grow, even if the clock does: lists rest on it.
    const creadoEn = Math.max(nuevo.ahora, statements.ultimo.get()?.creadoEn ?? 0)
    const numero = insertar(nuevo, creadoEn)
    insertarDetalle(numero, nuevo, creadoEn)
    if (clave) contestar(clave, { numero }, nuevo.ahora)
    return { resultado: 'creado', pedido: comoQueda(numero, nuevo, creadoEn) }
  }

  return {
    respuesta,
    usado,
    crear: (nuevo: NuevoPedido) => storage.write(() => crear(nuevo)),
    negar: (clave: Clave, negativa: Negativa, ahora: number) =>
      storage.write((): Respuesta => {
        const previa = respuesta(clave.usuarioId, clave.clave, ahora)
        if (previa) return previa
        contestar(clave, { negativa }, ahora)
        return { tipo: 'negativa', huella: clave.huella, negativa }
      }),
  }
}

/** The order as a read would find it. */
function comoQueda(numero: number, nuevo: NuevoPedido, creadoEn: number): PedidoPendiente {
  const { clave: _, corrida: __, completarDesde, ahora: ___, ...igual } = nuevo
  const actor = nuevo.creadoPor
  const vacia = { motivo: null, intentos: 0, ultimoError: null }
  return {
    ...igual,
    numero,
    version: versionInicial,
    estado: 'Pendiente',
    motivo: null,
    intencion:
      completarDesde === null ? null : { proposito: 'completar', actor, desde: creadoEn, ...vacia },
    creadoEn,
    actualizadoEn: creadoEn,
    historial: [{ estado: 'Pendiente', motivo: null, actor, en: creadoEn }],
  }
}
