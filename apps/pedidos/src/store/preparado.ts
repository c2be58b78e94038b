import { type Engine, type Script, statement } from '@encargo/storage'
import type { TipoEvento } from '../domain/evento.ts'
import type { Suceso } from '../ports/store.ts'
import { evento } from './sucesos.ts'

const tipo: TipoEvento = 'envio.preparado'

export const sentencias = {
  /** Answers when it was, which is not before it was made, by whatever clock. */
  pedido: statement<{ readonly en: number }, [numero: number, ahora: number]>(
    `UPDATE pedidos SET version = version + 1,
       actualizado_en = CASE WHEN ?2 > creado_en THEN ?2 ELSE creado_en END
     WHERE numero = ?1 AND estado = 'Pendiente' AND intencion IS NULL AND NOT EXISTS
       (SELECT 1 FROM pedido_eventos e WHERE e.numero = ?1 AND e.tipo = '${tipo}')
     RETURNING actualizado_en AS en`,
  ),
}

function* preparar({ numero, actor, ahora }: Suceso): Script<boolean> {
  const preparado = yield* sentencias.pedido.get(numero, ahora)
  if (preparado) yield* evento({ numero, tipo, en: preparado.en, actor })
  return preparado !== undefined
}

/** What is said of an order while it waits. */
export const createPreparado = (engine: Engine) => ({
  preparar: (suceso: Suceso) => engine.write(() => preparar(suceso)),
})
