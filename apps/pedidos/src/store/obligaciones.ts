import type { Obligaciones, Pendientes } from '@encargo/service-kit/obligations/port'
import { createObligaciones as enTabla } from '@encargo/service-kit/obligations/statements'
import type { CausaFallo } from '@encargo/service-kit/values/attempts'
import { type Engine, statement, together } from '@encargo/storage'
import { type EsperaPedidos, marcaSinPedido } from '../ports/obligaciones.ts'
import { enPedidos } from './marcha.ts'
import { leerMarca } from './marcas.ts'

export const sentencias = {
  pendientes: statement<Pendientes, []>(
    `SELECT intencion AS que, count(*) AS cuantas, min(intencion_desde) AS desde,
       count(*) FILTER (WHERE intentos > 0) AS fallidas
     FROM pedidos INDEXED BY pedidos_con_intencion WHERE "intencion" IS NOT NULL GROUP BY intencion
     UNION ALL SELECT tipo, count(*), min(desde), count(*) FILTER (WHERE intentos > 0)
     FROM obligaciones GROUP BY tipo ORDER BY que`,
  ),
  ultimoError: statement<{ causa: CausaFallo }, []>(
    `SELECT ultimo_error AS causa, proximo_intento_en AS en
     FROM pedidos INDEXED BY pedidos_con_intencion
     WHERE "intencion" IS NOT NULL AND ultimo_error IS NOT NULL
     UNION ALL SELECT ultimo_error, proxima_en FROM obligaciones WHERE ultimo_error IS NOT NULL
     ORDER BY en DESC LIMIT 1`,
  ),
}

/** All that is owed: orders' purposes stand in their own rows, where they cost less. */
export function createObligaciones(engine: Engine): Obligaciones<EsperaPedidos> {
  engine.prepare(...Object.values(sentencias))
  return {
    ...enTabla(engine, { 'terminar-pedido': enPedidos }),
    espera: () =>
      engine.read(function* () {
        const [pendientes, ultimoError, sinPedido] = yield* together(
          sentencias.pendientes.all(),
          sentencias.ultimoError.get(),
          leerMarca.get(marcaSinPedido),
        )
        return {
          pendientes,
          ultimoError: ultimoError?.causa,
          sinPedido: sinPedido && Number(sinPedido.valor),
        }
      }),
  }
}
