import type { Storage } from '@encargo/storage'
import type { DireccionEnvio } from '../domain/pedido.ts'
import { palabraDe, textoDe } from './busqueda.ts'
import { consultas as deSeguidor, type Derivado, enTrecho, hechos, Seguidor } from './seguidor.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

const nombre = 'busqueda'

/** What the index says of an order. */
export interface Buscable {
  readonly numero: number
  readonly clienteId: string
  readonly lineas: readonly { readonly nombre: string; readonly sku: string }[]
  readonly notas: string | null
  readonly direccionEnvio: DireccionEnvio | null
}

interface Fila {
  numero: number
  clienteId: string
  notas: string | null
  direccion: string | null
}
interface FilaLinea {
  numero: number
  nombre: string
  sku: string
}

function prepare(client: Client) {
  return {
    pedidos: client.prepare<Fila, [number, number]>(
      `SELECT p.numero, p.cliente_id AS clienteId, p.notas, p.direccion_envio AS direccion
       FROM ${hechos} ORDER BY e.secuencia`,
    ),
    lineas: client.prepare<FilaLinea, [number, number]>(
      `SELECT l.numero, l.nombre, l.sku FROM pedido_eventos e
         CROSS JOIN pedido_lineas l ON l.numero = e.numero
       WHERE ${enTrecho} AND e.estado = 'Pendiente'
       ORDER BY e.secuencia, l.posicion`,
    ),
    poner: client.prepare('INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (?, ?, ?)'),
    quitar: client.prepare(
      `INSERT INTO pedidos_fts (pedidos_fts, rowid, cliente, texto) VALUES ('delete', ?, ?, ?)`,
    ),
    vaciar: client.prepare(`INSERT INTO pedidos_fts (pedidos_fts) VALUES ('delete-all')`),
    lugar: client.prepare<{ lugar: number }, [string]>(deSeguidor.lugar),
    hecho: client.prepare<{ secuencia: number }, [number]>(
      'SELECT secuencia FROM pedido_eventos WHERE numero = ? ORDER BY secuencia LIMIT 1',
    ),
  }
}

/**
 * The full-text index of the orders. It follows their history: one entry for a whole lot of orders
 * costs a fraction of what each costs alone, and a purchase waits for none of it. Who searches asks
 * for `seguidor.alDia` first.
 */
export function createIndice(storage: Storage<PedidosSchema>, reloj: () => number) {
  const statements = prepare(storage.client)

  const poner = (uno: Buscable) =>
    statements.poner.run(uno.numero, palabraDe(uno.clienteId), textoDe(uno.numero, uno))
  const lugar = () => statements.lugar.get(nombre)?.lugar

  const derivado: Derivado = {
    nombre,
    vaciar: () => void statements.vaciar.run(),
    aplicar({ desde, hasta }) {
      const lineas = Map.groupBy(statements.lineas.all(desde, hasta), ({ numero }) => numero)
      for (const { numero, clienteId, notas, direccion } of statements.pedidos.all(desde, hasta)) {
        // Written by `creacion.ts`, from a DireccionEnvio.
        const direccionEnvio = direccion && (JSON.parse(direccion) as DireccionEnvio)
        const datos = { notas, direccionEnvio: direccionEnvio || null }
        poner({ numero, clienteId, lineas: lineas.get(numero) ?? [], ...datos })
      }
    },
  }

  return {
    seguidor: new Seguidor(storage, derivado, reloj),
    /**
     * Takes out of an order's entry what is personal, in a write. An order that has no entry yet gets
     * one without it, as it is read from the order when its turn comes.
     */
    borrarPersonales(uno: Buscable): void {
      const hecho = statements.hecho.get(uno.numero)?.secuencia ?? Number.POSITIVE_INFINITY
      if (hecho > (lugar() ?? 0)) return
      const queda = { ...uno, notas: null, direccionEnvio: null }
      const habia = textoDe(uno.numero, uno)
      if (habia === textoDe(uno.numero, queda)) return
      statements.quitar.run(uno.numero, palabraDe(uno.clienteId), habia)
      poner(queda)
    },
    /** False between the removal of its place and the emptying that this asks for. */
    seguido: () => lugar() !== undefined,
  }
}
export type Indice = ReturnType<typeof createIndice>
