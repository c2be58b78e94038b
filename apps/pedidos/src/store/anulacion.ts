import { deber } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Anulacion } from '../ports/caja.ts'
import { juzgar } from './cobranza/juzgar.ts'
import { guardable } from './marcha.ts'
import { evento } from './sucesos.ts'

const sentencias = {
  /** Answers when it was, which is not before it was made, by whatever clock. */
  pedido: statement<
    { readonly en: number; readonly conDinero: number },
    [numero: number, ahora: number]
  >(
    `UPDATE pedidos SET version = version + 1,
       actualizado_en = CASE WHEN ?2 > actualizado_en THEN ?2 ELSE actualizado_en END
     WHERE numero = ?1 AND estado = 'Completado'
       AND NOT EXISTS (SELECT 1 FROM abonos a WHERE a.numero = ?1 AND a.causa = 'anulacion')
     RETURNING actualizado_en AS en,
       EXISTS (SELECT 1 FROM pedido_cobranza c WHERE c.numero = ?1) AS "conDinero"`,
  ),
  /** All that is not given up yet, and what of that is tax. Why is said in the history alone. */
  abono: statement<never, [numero: number, id: string, actor: string, en: number]>(
    `INSERT INTO abonos (id, numero, causa, importe, impuesto, actor, en)
     SELECT ?2, p.numero, 'anulacion', p.total - CAST(coalesce((SELECT sum(a.importe) FROM abonos a
         WHERE a.numero = p.numero AND a.causa <> 'contracargo'), 0) AS bigint),
       CAST(coalesce((SELECT sum(l.impuesto) FROM pedido_lineas l WHERE l.numero = p.numero), 0) AS bigint)
         + coalesce((SELECT c.envio_impuesto FROM pedido_condiciones c WHERE c.numero = p.numero), 0)
         - CAST(coalesce((SELECT sum(a.impuesto) FROM abonos a WHERE a.numero = p.numero), 0) AS bigint),
       ?3, ?4 FROM pedidos p WHERE p.numero = ?1`,
  ),
}

function* anular(anulacion: Anulacion): Script<boolean> {
  const { numero, id, pedidoId, actor, ahora, proximaEn, traza } = anulacion
  const anulado = yield* sentencias.pedido.get(numero, ahora)
  if (!anulado) return false
  const motivo = yield* guardable(numero, anulacion.motivo, actor)
  yield* together(
    sentencias.abono.run(numero, id, actor, anulado.en),
    evento({ numero, tipo: 'pedido.anulado', en: anulado.en, actor, motivo }),
  )
  const cuando = { ahora, proximaEn, traza }
  yield* deber('reponer', [pedidoId], cuando)
  if (anulado.conDinero) yield* juzgar(numero, { ...cuando, ahora: anulado.en })
  return true
}

/** A completed order that was a mistake: what it took in is owed back, and what it took out to the stock. */
export function createAnulacion(engine: Engine) {
  engine.prepare(...Object.values(sentencias))
  return { anular: (anulacion: Anulacion) => engine.write(() => anular(anulacion)) }
}
