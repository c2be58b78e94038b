import { type Script, statement } from '@encargo/storage'

interface Alta {
  readonly numero: number
  readonly creadoEn: number
}

// Without orders later than the last one: they were dated by a clock that was ahead for a while.
const siguiente = statement<Alta, [desde: number, hastaMs: number]>(
  `SELECT numero, creado_en AS "creadoEn" FROM pedidos
   WHERE numero >= ?1 AND creado_en <= ?2 ORDER BY numero LIMIT 1`,
)
const ultima = statement<Alta, []>(
  'SELECT numero, creado_en AS "creadoEn" FROM pedidos ORDER BY numero DESC LIMIT 1',
)

/**
 * The number of the first order made at or after a moment, in milliseconds, or undefined when there
 * is none. Moments grow with numbers (`crear` sees to it), so a span of time is a span of numbers,
 * and some twenty looks at the orders replace an index that every purchase would write.
 */
export function* primeroDesde(ms: number): Script<number | undefined> {
  const final = yield* ultima.get()
  if (!final || final.creadoEn < ms) return undefined
  // What is looked for is the first order from some number between these two on.
  let desde = 0
  let hasta = final.numero
  while (desde < hasta) {
    const medio = Math.floor((desde + hasta) / 2)
    const alta = (yield* siguiente.get(medio, final.creadoEn)) ?? final
    if (alta.creadoEn < ms) desde = alta.numero + 1
    else hasta = medio
  }
  return (yield* siguiente.get(desde, final.creadoEn))?.numero
}
