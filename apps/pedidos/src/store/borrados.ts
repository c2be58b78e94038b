import type { Storage } from '@encargo/storage'
import { type Pedido, sistema } from '../domain/pedido.ts'
import { consultas, nuevosDesde } from './de-cliente.ts'
import type { Indice } from './indice.ts'
import type { Lectura } from './lectura.ts'
import type { NotaBorrados } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/** A customer's orders, from one number on. */
export const porBorrarDe = `SELECT numero FROM (${consultas.numeros})
  WHERE numero > ?3 ORDER BY numero LIMIT ?4`

function prepare(client: Client) {
  return {
    conocido: client.prepare<{ n: number }, [string]>(
      'SELECT 1 AS n FROM clientes_borrados WHERE id = ?',
    ),
    anotar: client.prepare(
      'INSERT INTO clientes_borrados (id, anotado_en) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    ),
    marcar: client.prepare('INSERT OR REPLACE INTO marcas (nombre, valor) VALUES (?, ?)'),
    porBorrar: client.prepare<{ id: string }, [number]>(
      `SELECT id FROM clientes_borrados INDEXED BY clientes_por_borrar
       WHERE "terminado_en" IS NULL ORDER BY anotado_en LIMIT ?`,
    ),
    hasta: client.prepare<{ hasta: number }, [string]>(
      'SELECT hasta_numero AS hasta FROM clientes_borrados WHERE id = ?',
    ),
    nuevosDesde: nuevosDesde(client),
    numeros: client.prepare<{ numero: number }, [string, number, number, number]>(porBorrarDe),
    pedido: client.prepare(
      `UPDATE pedidos SET notas = NULL, direccion_envio = NULL,
         intencion_motivo = iif(?2, NULL, intencion_motivo), motivo = iif(?3, NULL, motivo),
         version = version + 1
       WHERE numero = ?1`,
    ),
    // What staff asked for with a key of theirs stays answered; without that key its seal says nothing.
    sello: client.prepare(
      `UPDATE pedidos SET sello = NULL
       WHERE numero = ? AND sello IS NOT NULL AND creado_por = cliente_id`,
    ),
    eventos: client.prepare(
      `UPDATE pedido_eventos SET motivo = NULL
       WHERE numero = ? AND motivo IS NOT NULL AND actor <> '${sistema}'`,
    ),
    claves: client.prepare(
      `DELETE FROM idempotencia WHERE usuario_id = ?1 AND clave IN
         (SELECT clave FROM idempotencia WHERE usuario_id = ?1 LIMIT ?2)`,
    ),
    avanzar: client.prepare('UPDATE clientes_borrados SET hasta_numero = ? WHERE id = ?'),
    cerrar: client.prepare('UPDATE clientes_borrados SET terminado_en = ? WHERE id = ?'),
    vaciarWal: client.prepare<{ busy: number }, []>('PRAGMA wal_checkpoint(TRUNCATE)'),
  }
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

/** Erasing what is personal of customers whom auth has erased. The books stay as they are. */
export function createBorrados(storage: Storage<PedidosSchema>, lectura: Lectura, indice: Indice) {
  const statements = prepare(storage.client)

  function borrarPedido(clienteId: string, numero: number): void {
    const pedido = lectura.porNumero(numero)
    // Whatever the list says, nobody else's order is touched.
    if (pedido?.clienteId !== clienteId) return
    statements.sello.run(numero)
    const { algo, motivo, deIntencion } = personalesDe(pedido)
    if (!algo) return
    indice.borrarPersonales(pedido)
    statements.pedido.run(numero, deIntencion ? 1 : 0, motivo ? 1 : 0)
    statements.eventos.run(numero)
  }

  function borrar(clienteId: string, limite: number): boolean {
    const hasta = statements.hasta.get(clienteId)?.hasta
    // Not noted: orders of theirs could still come, so nothing would be gained.
    if (hasta === undefined) return false
    const numeros = statements.numeros.all(clienteId, statements.nuevosDesde(), hasta, limite)
    for (const { numero } of numeros) borrarPedido(clienteId, numero)
    const ultimo = numeros.at(-1)
    if (ultimo) statements.avanzar.run(ultimo.numero, clienteId)
    const { changes } = statements.claves.run(clienteId, limite)
    return numeros.length === limite || changes === limite
  }

  return {
    sinAnotar: (ids: readonly string[]) => ids.filter((id) => !statements.conocido.get(id)),
    async anotar({ ids, marca, ahora }: NotaBorrados) {
      await storage.write(() => {
        for (const id of ids) statements.anotar.run(id, ahora)
        if (marca) statements.marcar.run(marca.nombre, marca.valor)
      })
    },
    porBorrar: (limite: number) => statements.porBorrar.all(limite).map(({ id }) => id),
    borrar: (clienteId: string, limite: number) => storage.write(() => borrar(clienteId, limite)),
    async cerrar(ids: readonly string[], ahora: number) {
      // An index that is to be made anew says what it said until it is emptied.
      if (!indice.seguido()) return false
      // Frames of earlier transactions stay in the log until it begins anew.
      if (statements.vaciarWal.get()?.busy === 1) return false
      await storage.write(() => {
        for (const id of ids) statements.cerrar.run(ahora, id)
      })
      return true
    },
  }
}
