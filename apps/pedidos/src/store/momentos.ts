import type { Storage } from '@encargo/storage'
import type { PedidosSchema } from './sqlite/tables.ts'

interface Hecho {
  readonly numero: number
  readonly creadoEn: number
}

/**
 * Tells the number of the first order made at or after a moment, in milliseconds, or undefined when
 * there is none. Moments grow with numbers (`crear` sees to it), so a span of time is a span of
 * numbers, and some twenty looks at the orders replace an index that every purchase would write.
 */
export function createMomentos(client: Storage<PedidosSchema>['client']) {
  // Without orders later than the last one: they were dated by a clock that was ahead for a while.
  const siguiente = client.prepare<Hecho, [desde: number, hastaMs: number]>(
    `SELECT numero, creado_en AS creadoEn FROM pedidos
     WHERE numero >= ? AND creado_en <= ? ORDER BY numero LIMIT 1`,
  )
  const ultimo = client.prepare<Hecho, []>(
    'SELECT numero, creado_en AS creadoEn FROM pedidos ORDER BY numero DESC LIMIT 1',
  )

  return (ms: number): number | undefined => {
    const final = ultimo.get()
    if (!final || final.creadoEn < ms) return undefined
    // What is looked for is the first order from some number between these two on.
    let desde = 0
    let hasta = final.numero
    while (desde < hasta) {
      const medio = Math.floor((desde + hasta) / 2)
      const hecho = siguiente.get(medio, final.creadoEn) ?? final
      if (hecho.creadoEn < ms) desde = hecho.numero + 1
      else hasta = medio
    }
    return siguiente.get(desde, final.creadoEn)?.numero
  }
}
