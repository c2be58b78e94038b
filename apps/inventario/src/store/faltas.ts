import type { Database } from 'bun:sqlite'
import { type Existencia, sinPrometer } from '../domain/existencia.ts'
import type { Libro } from './libro.ts'

const motivo = 'Unidades que faltaban al contar y que ya nadie espera'

/**
 * Takes out of the stock what a count did not find, as soon as nobody is promised it any more. Belongs
 * in the transaction that ends the promise, or that brings goods in.
 */
export function createFaltas(client: Database, libro: Libro) {
  const settle = client.prepare<never, [salen: number, salen: number, productoId: string]>(
    'UPDATE existencias SET fisico = fisico - ?, faltan = faltan - ? WHERE producto_id = ?',
  )
  const counter = client.prepare<{ usuarioId: string }, [productoId: string]>(
    `SELECT usuario_id AS usuarioId FROM movimientos
     WHERE producto_id = ? AND tipo = 'AJUSTE' ORDER BY secuencia DESC LIMIT 1`,
  )
  return {
    /** What is left of it. */
    saldar(existencia: Existencia, ahora: number): Existencia {
      const salen = sinPrometer(existencia)
      if (salen === 0) return existencia
      const { productoId } = existencia
      settle.run(salen, salen, productoId)
      const fisico = existencia.fisico - salen
      libro.anotar({
        productoId,
        tipo: 'AJUSTE',
        cantidad: -salen,
        fisicoResultante: fisico,
        motivo,
        pedidoId: null,
        // Only a count makes units missing, so the last one is whose they are.
        usuarioId: counter.get(productoId)?.usuarioId ?? null,
        creadoEn: ahora,
      })
      return { ...existencia, fisico, faltan: existencia.faltan - salen }
    },
  }
}
