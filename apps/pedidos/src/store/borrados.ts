import { type Engine, type Script, statement } from '@encargo/storage'
import { type Pedido, sistema } from '../domain/pedido.ts'
import type { Deuda } from '../ports/obligaciones.ts'
import type { NotaBorrados } from '../ports/store.ts'
import { numerosDeCliente, sinAnotarDesde } from './de-cliente.ts'
import { quitarPersonales, seIndexa } from './indice.ts'
import { porNumero } from './lectura.ts'
import { ponerMarca } from './marcas.ts'
import { deber, saldar } from './obligaciones.ts'

/** A customer's orders, from one number on. */
export const porBorrarDe = statement<
  { readonly numero: number },
  [clienteId: string, sinAnotarDesde: number, desde: number, limite: number]
>(
  `SELECT numero FROM (${numerosDeCliente}) suyos
   WHERE numero > ?3 ORDER BY numero LIMIT ?4`,
)

const sentencias = {
  conocido: statement<{ n: number }, [id: string]>(
    'SELECT 1 AS n FROM clientes_borrados WHERE id = ?1',
  ),
  anotar: statement<never, [id: string, ahora: number]>(
    'INSERT INTO clientes_borrados (id, anotado_en) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING',
  ),
  hasta: statement<{ hasta: number }, [id: string]>(
    'SELECT hasta_numero AS hasta FROM clientes_borrados WHERE id = ?1',
  ),
  pedido: statement<never, [numero: number, intencion: number, motivo: number]>(
    `UPDATE pedidos SET notas = NULL, direccion_envio = NULL,
       intencion_motivo = CASE WHEN ?2 = 1 THEN NULL ELSE intencion_motivo END,
       motivo = CASE WHEN ?3 = 1 THEN NULL ELSE motivo END, version = version + 1
     WHERE numero = ?1`,
  ),
  // What staff asked for with a key of theirs stays answered; without that key its seal says nothing.
  sello: statement<never, [numero: number]>(
    `UPDATE pedidos SET sello = NULL
     WHERE numero = ?1 AND sello IS NOT NULL AND creado_por = cliente_id`,
  ),
  eventos: statement<never, [numero: number]>(
    `UPDATE pedido_eventos SET motivo = NULL
     WHERE numero = ?1 AND motivo IS NOT NULL AND actor <> '${sistema}'`,
  ),
  claves: statement<never, [id: string, limite: number]>(
    `DELETE FROM idempotencia WHERE usuario_id = ?1 AND clave IN
       (SELECT clave FROM idempotencia WHERE usuario_id = ?1 LIMIT ?2)`,
  ),
  avanzar: statement<never, [hasta: number, id: string]>(
    'UPDATE clientes_borrados SET hasta_numero = ?1 WHERE id = ?2',
  ),
}

/** Reasons that a person wrote may name a person; those of the service itself are always the same. */
const deAlguien = (uno: { motivo: string | null; actor: string } | null) =>
  uno !== null && uno.motivo !== null && uno.actor !== sistema

/** What an order says beyond the books. */
function personalesDe({ notas, direccionEnvio, intencion, historial }: Pedido) {
  const motivo = historial.some(deAlguien)
  const deIntencion = deAlguien(intencion)
  const algo = notas !== null || direccionEnvio !== null || motivo || deIntencion
  return { algo, motivo, deIntencion }
}

function* borrarPedido(clienteId: string, numero: number): Script<void> {
  const pedido = yield* porNumero(numero)
  // Whatever the list says, nobody else's order is touched.
  if (pedido?.clienteId !== clienteId) return
  yield* sentencias.sello.run(numero)
  const { algo, motivo, deIntencion } = personalesDe(pedido)
  if (!algo) return
  yield* quitarPersonales(pedido)
  yield* sentencias.pedido.run(numero, deIntencion ? 1 : 0, motivo ? 1 : 0)
  yield* sentencias.eventos.run(numero)
}

function* borrar(clienteId: string, limite: number): Script<boolean> {
  const hasta = (yield* sentencias.hasta.get(clienteId))?.hasta
  // Not noted: orders of theirs could still come, so nothing would be gained.
  if (hasta === undefined) return false
  const corte = yield* sinAnotarDesde()
  const numeros = yield* porBorrarDe.all(clienteId, corte, hasta, limite)
  for (const { numero } of numeros) yield* borrarPedido(clienteId, numero)
  const ultimo = numeros.at(-1)
  if (ultimo) yield* sentencias.avanzar.run(ultimo.numero, clienteId)
  const olvidadas = yield* sentencias.claves.run(clienteId, limite)
  return numeros.length === limite || olvidadas === limite
}

/** Erasing what is personal of customers whom auth has erased. The books stay as they are. */
export function createBorrados(engine: Engine) {
  return {
    sinAnotar: (ids: readonly string[]) =>
      engine.read(function* () {
        const nuevos: string[] = []
        for (const id of ids) if (!(yield* sentencias.conocido.get(id))) nuevos.push(id)
        return nuevos
      }),
    anotar: ({ ids, marca, ahora, traza }: NotaBorrados) =>
      engine.write(function* () {
        for (const clave of ids) {
          // Noted by another instance meanwhile: it is owed already, or done.
          if ((yield* sentencias.anotar.run(clave, ahora)) === 0) continue
          yield* deber({ tipo: 'olvidar-cliente', clave }, { ahora, proximaEn: ahora, traza })
        }
        if (marca) yield* ponerMarca.run(marca.nombre, marca.valor)
      }),
    borrar: (clienteId: string, limite: number) => engine.write(() => borrar(clienteId, limite)),
    async cerrar(deuda: Deuda) {
      // An index that is to be made anew says what it said until it is emptied.
      if (!(await engine.read(seIndexa))) return false
      if (!(await engine.forget())) return false
      await engine.write(() => saldar(deuda))
      return true
    },
  }
}
