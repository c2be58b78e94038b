import type { Storage } from '@encargo/storage'
import { type Cupo, cabe, type Exceso, masUso, sinUso, type Uso } from '../domain/cupo.ts'
import { consultas, nuevosDesde } from './de-cliente.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

/** How many customers are remembered; beyond it the memory begins anew, which costs each one look. */
const maximo = 50_000

/**
 * What a customer, `?1`, holds by orders that they made themselves. The oldest Pendiente order bounds
 * how far back their list is read. Orders from `?3` on are left out.
 */
const mirarSql = `SELECT count(*) AS pedidos, coalesce(sum(
    (SELECT sum(cantidad) FROM pedido_lineas l WHERE l.numero = p.numero)), 0) AS unidades
  FROM (${consultas.numeros}) n CROSS JOIN pedidos p ON p.numero = n.numero
  WHERE n.numero >= (SELECT min(numero) FROM pedidos WHERE estado = 'Pendiente')
    AND n.numero < ?3 AND p.estado = 'Pendiente' AND p.creado_por = p.cliente_id`

/**
 * Tells whether a customer's next order fits into what they may hold. It remembers, for each, the
 * most that they can hold by now: ends of orders are not followed, so only who seems to hold too much
 * is looked at again. A purchase of anybody else costs no statement. That nobody but this process
 * made orders is seen by the newest order's number; else all that is remembered is forgotten.
 */
export function createAbiertos(client: Storage<PedidosSchema>['client']) {
  const nuevos = nuevosDesde(client)
  const mirada = client.prepare<Uso, [clienteId: string, corte: number, hasta: number]>(mirarSql)
  const conocidos = new Map<string, Uso>()
  let ultimo: number | undefined
  /** From this order on, everybody's are in `conocidos`. */
  let seguidosDesde = Number.MAX_SAFE_INTEGER

  function olvidar(): void {
    conocidos.clear()
    seguidosDesde = Number.MAX_SAFE_INTEGER
  }

  function mirar(clienteId: string): Uso {
    const hasta = conocidos.has(clienteId) ? Number.MAX_SAFE_INTEGER : seguidosDesde
    const uso = mirada.get(clienteId, Math.min(nuevos(), hasta), hasta) ?? sinUso
    conocidos.set(clienteId, uso)
    return uso
  }

  return {
    /** Why `mas` does not fit beside what they hold, or null. */
    excede(clienteId: string, mas: Uso, cupo: Cupo): Exceso | null {
      const sabido = conocidos.get(clienteId)
      if (sabido && cabe(masUso(sabido, mas), cupo)) return null
      const uso = mirar(clienteId)
      if (cabe(masUso(uso, mas), cupo)) return null
      return { codigo: 'demasiados-pedidos-abiertos', cupo, uso }
    },

    /** In the write of an order, before it: `numero` is the newest order's. */
    comprobar(numero: number | null): void {
      if (numero !== ultimo || conocidos.size > maximo) olvidar()
    },

    /** In the same write, after it; `mas` is nothing where nothing bounds what they hold. */
    anotar(numero: number, clienteId: string, mas: Uso): void {
      ultimo = numero
      seguidosDesde = Math.min(seguidosDesde, numero)
      const sabido = conocidos.get(clienteId)
      if (sabido) conocidos.set(clienteId, masUso(sabido, mas))
    },
  }
}
