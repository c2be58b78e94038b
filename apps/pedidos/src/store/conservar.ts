import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { Conservacion } from '../ports/store.ts'
import { deInvitado } from './condiciones.ts'
import { reescribir } from './indice.ts'
import { porNumeros } from './lectura.ts'

type DeAQuien = [numero: number, de: string, a: string]

export const sentencias = {
  /** Nothing where it is nobody's but theirs already, or one of the two is erased. */
  pedido: statement<never, [...DeAQuien, ahora: number]>(
    `UPDATE pedidos SET cliente_id = ?3, version = version + 1,
       actualizado_en = CASE WHEN ?4 > actualizado_en THEN ?4 ELSE actualizado_en END
     WHERE numero = ?1 AND cliente_id = ?2 AND creado_por = ?2 AND ${deInvitado('pedidos')}
       AND NOT EXISTS (SELECT 1 FROM clientes_borrados b WHERE b.id = ?2 OR b.id = ?3)`,
  ),
  lista: statement<never, DeAQuien>(
    `UPDATE pedidos_de_cliente SET cliente_id = ?3 WHERE cliente_id = ?2 AND numero = ?1`,
  ),
  cupon: statement<never, DeAQuien>(
    `UPDATE cupon_usos SET cliente_id = ?3 WHERE cliente_id = ?2 AND numero = ?1
       AND codigo = (SELECT c.cupon FROM pedido_condiciones c WHERE c.numero = ?1)`,
  ),
}

/** What has not taken the order in yet finds it to be the account's when it does. */
function* conservar({ numero, de, a, ahora }: Conservacion): Script<boolean> {
  const [pedido] = yield* porNumeros([numero])
  if (!pedido || (yield* sentencias.pedido.run(numero, de, a, ahora)) === 0) return false
  yield* together(
    sentencias.lista.run(numero, de, a),
    sentencias.cupon.run(numero, de, a),
    apuntar(apunteDe('pedido-conservado', pedido.id, { en: ahora, por: { actorId: a } })),
  )
  yield* reescribir([pedido], (uno) => ({ ...uno, clienteId: a }))
  return true
}

/** A guest's order that becomes one of an account. */
export function createConservar(engine: Engine) {
  engine.prepare(...Object.values(sentencias))
  return { conservar: (una: Conservacion) => engine.write(() => conservar(una)) }
}
