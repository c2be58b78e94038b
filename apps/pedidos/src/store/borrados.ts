import type { Deuda } from '@encargo/service-kit/obligations/port'
import { deber, saldar } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement, together } from '@encargo/storage'
import { type Pedido, sistema } from '../domain/pedido.ts'
import type { NotaBorrados } from '../ports/store.ts'
import { deInvitado } from './condiciones.ts'
import { numerosDeCliente, sinAnotarDesde } from './de-cliente.ts'
import { sentencias as enlaces } from './enlaces.ts'
import { quitarPersonales, seIndexa } from './indice.ts'
import { deVarios, porNumeros } from './lectura.ts'
import { ponerMarca } from './marcas.ts'
import { borrarNotas } from './notas.ts'

/** A customer's orders, from one number on. */
export const porBorrarDe = statement<
  { readonly numero: number },
  [clienteId: string, sinAnotarDesde: number, desde: number, limite: number]
>(
  `SELECT numero FROM (${numerosDeCliente}) suyos
   WHERE numero > ?3 ORDER BY numero LIMIT ?4`,
)

const sentencias = {
  conocidos: statement<{ id: string }, [ids: string]>(
    'SELECT id FROM clientes_borrados WHERE id IN (SELECT value FROM json_each(?1))',
  ),
  /** Answers those that were not noted before. */
  anotar: statement<{ id: string }, [ids: string, ahora: number]>(
    `INSERT INTO clientes_borrados (id, anotado_en)
     SELECT value, ?2 FROM (SELECT value FROM json_each(?1)) ids WHERE true
     ON CONFLICT (id) DO NOTHING RETURNING id`,
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
  condiciones: statement<never, [numeros: string]>(
    `UPDATE pedido_condiciones SET contacto = NULL, facturacion = NULL
     WHERE ${deVarios} AND (contacto IS NOT NULL OR facturacion IS NOT NULL)`,
  ),
  // What staff asked for with a key of theirs stays answered; without that key its seal says nothing.
  sellos: statement<never, [numeros: string]>(
    `UPDATE pedidos SET sello = NULL
     WHERE ${deVarios} AND sello IS NOT NULL
       AND (creado_por = cliente_id OR ${deInvitado('pedidos')})`,
  ),
  eventos: statement<never, [numeros: string]>(
    `UPDATE pedido_eventos SET motivo = NULL
     WHERE ${deVarios} AND motivo IS NOT NULL AND actor <> '${sistema}'`,
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
function personalesDe(pedido: Pedido) {
  const { notas, direccionEnvio, condiciones, intencion, historial } = pedido
  const { contacto = null, facturacion = null } = condiciones ?? {}
  const motivo = historial.some(deAlguien)
  const deIntencion = deAlguien(intencion)
  const dichos = [notas, direccionEnvio, contacto, facturacion]
  const algo = dichos.some((uno) => uno !== null) || motivo || deIntencion
  return { pedido, algo, motivo, deIntencion }
}

const numeros = (de: readonly Pedido[]) => JSON.stringify(de.map(({ numero }) => numero))

function* borrarPedidos(pedidos: readonly Pedido[]): Script<void> {
  const personales = pedidos.map(personalesDe).filter(({ algo }) => algo)
  yield* quitarPersonales(personales.map(({ pedido }) => pedido))
  yield* together(
    sentencias.sellos.run(numeros(pedidos)),
    borrarNotas.run(numeros(pedidos)),
    enlaces.revocarVarios.run(numeros(pedidos)),
    ...personales.map(({ pedido: { numero }, deIntencion, motivo }) =>
      sentencias.pedido.run(numero, deIntencion ? 1 : 0, motivo ? 1 : 0),
    ),
    sentencias.eventos.run(numeros(personales.map(({ pedido }) => pedido))),
    sentencias.condiciones.run(numeros(personales.map(({ pedido }) => pedido))),
  )
}

function* borrar(clienteId: string, limite: number): Script<boolean> {
  const hasta = (yield* sentencias.hasta.get(clienteId))?.hasta
  // Not noted: orders of theirs could still come, so nothing would be gained.
  if (hasta === undefined) return false
  const corte = yield* sinAnotarDesde()
  const filas = yield* porBorrarDe.all(clienteId, corte, hasta, limite)
  const ultimo = filas.at(-1)
  if (ultimo) {
    const pedidos = yield* porNumeros(filas.map(({ numero }) => numero))
    // Whatever the list says, nobody else's order is touched.
    yield* borrarPedidos(pedidos.filter((pedido) => pedido.clienteId === clienteId))
    yield* sentencias.avanzar.run(ultimo.numero, clienteId)
  }
  const olvidadas = yield* sentencias.claves.run(clienteId, limite)
  return filas.length === limite || olvidadas === limite
}

/** Erasing what is personal of customers whom auth has erased. The books stay as they are. */
export function createBorrados(engine: Engine) {
  return {
    async sinAnotar(ids: readonly string[]) {
      const filas = await engine.ask(sentencias.conocidos.all(JSON.stringify(ids)))
      const conocidos = new Set(filas.map(({ id }) => id))
      return ids.filter((id) => !conocidos.has(id))
    },
    anotar: ({ ids, marca, ahora, traza }: NotaBorrados) =>
      engine.write(function* () {
        // One that another instance has noted meanwhile is owed already, or done.
        const nuevos = yield* sentencias.anotar.all(JSON.stringify(ids), ahora)
        const claves = nuevos.map(({ id }) => id)
        yield* deber('olvidar-cliente', claves, { ahora, proximaEn: ahora, traza })
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
