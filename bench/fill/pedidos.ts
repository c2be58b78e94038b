import type { Database } from 'bun:sqlite'
import type { Operacion } from '../../apps/pedidos/src/domain/corrida.ts'
import { palabraDe, textoDe } from '../../apps/pedidos/src/store/busqueda.ts'
import * as tables from '../../apps/pedidos/src/store/sqlite/tables.ts'
import { inserter } from './inserter.ts'
import type { StoredOrder } from './orders.ts'

/** Writes orders as pedidos itself would have, with all that follows from them but the summary. */
export function pedidosWriter(client: Database) {
  const addPedido = inserter(client, tables.pedidos)
  const addLinea = inserter(client, tables.pedidoLineas)
  const addEvento = inserter(client, tables.pedidoEventos)
  const addCorrida = inserter(client, tables.pedidoCorridas)
  const addDeCliente = inserter(client, tables.pedidosDeCliente)
  const index = client.prepare('INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (?, ?, ?)')

  return (order: StoredOrder): void => {
    const { numero, estado, clienteId, creadoEn, terminadoEn, lineas } = order
    addPedido({
      numero,
      id: order.id,
      clienteId,
      creadoPor: clienteId,
      estado,
      version: terminadoEn === null ? 1 : 2,
      intentos: 0,
      total: lineas.reduce((sum, { producto, cantidad }) => sum + producto.precio * cantidad, 0),
      moneda: 'USD',
      notas: null,
      expiraEn: order.expiraEn,
      creadoEn,
      actualizadoEn: terminadoEn ?? creadoEn,
    })
    addDeCliente({ clienteId, numero })
    for (const [posicion, { producto, cantidad }] of lineas.entries()) {
      const { id: productoId, sku, nombre, precio: precioUnitario } = producto
      addLinea({ numero, posicion, productoId, sku, nombre, cantidad, precioUnitario })
    }
    addEvento({ numero, estado: 'Pendiente', actor: clienteId, en: creadoEn })
    addCorrida(story(numero, 1, 'comprar', creadoEn, clienteId))
    if (terminadoEn !== null) {
      addEvento({ numero, estado, actor: clienteId, en: terminadoEn })
      const operation = estado === 'Completado' ? 'completar' : 'cancelar'
      addCorrida(story(numero, 2, operation, terminadoEn, clienteId))
    }
    const sold = {
      lineas: lineas.map(({ producto }) => producto),
      notas: null,
      direccionEnvio: null,
      condiciones: null,
    }
    index.run(numero, palabraDe(clienteId), textoDe(numero, sold))
  }
}

/** Says that all that was written stands in the full-text index, and in the customers' lists. */
export function markIndexed(client: Database): void {
  client.run(
    `UPDATE marcas SET valor = (SELECT coalesce(max(secuencia), 0) FROM pedido_eventos)
     WHERE nombre IN ('busqueda', 'clientes')`,
  )
}

function story(numero: number, orden: number, operacion: Operacion, en: number, actor: string) {
  return {
    numero,
    orden,
    operacion,
    actor,
    traza: crypto.randomUUID().replaceAll('-', ''),
    resultado: 'hecho',
    en,
    duracionUs: 2_000,
    pasos: [
      { paso: 'valorar', resultado: 'hecho', us: 900 },
      { paso: 'reservar', resultado: 'hecho', us: 1_000 },
    ],
    veces: 1,
    hasta: en,
  }
}
