import { type Engine, type Script, statement } from '@encargo/storage'
import type { TipoEvento } from '../domain/evento.ts'
import type { Suceso } from '../ports/store.ts'

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
  evento: statement<never, [numero: number, actor: string, en: number]>({
    sqlite: `INSERT INTO pedido_eventos (numero, estado, actor, en, tipo)
      VALUES (?1, 'Pendiente', ?2, ?3, '${tipo}')`,
    postgres: `INSERT INTO pedido_eventos (secuencia, numero, estado, actor, en, tipo)
      VALUES ((SELECT coalesce(max(secuencia), 0) + 1 FROM pedido_eventos), ?1, 'Pendiente', ?2, ?3,
        '${tipo}')`,
  }),
}

function* preparar({ numero, actor, ahora }: Suceso): Script<boolean> {
  const preparado = yield* sentencias.pedido.get(numero, ahora)
  if (preparado) yield* sentencias.evento.run(numero, actor, preparado.en)
  return preparado !== undefined
}

/** What is said of an order while it waits. */
export const createPreparado = (engine: Engine) => ({
  preparar: (suceso: Suceso) => engine.write(() => preparar(suceso)),
})
