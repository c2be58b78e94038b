import { type Script, statement, together } from '@encargo/storage'
import type { DireccionEnvio } from '../domain/pedido.ts'
import { palabraDe, textoDe } from './busqueda.ts'
import { numeroEnMarca } from './marcas.ts'
import { altas, type Derivado, enTrecho } from './seguidor.ts'

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
  readonly numero: number
  readonly clienteId: string
  readonly notas: string | null
  readonly direccion: string | null
}
interface FilaLinea {
  readonly numero: number
  readonly nombre: string
  readonly sku: string
}
type Entrada = [numero: number, cliente: string, texto: string]

const pedidosNuevos = statement<Fila, [desde: number, hasta: number]>(
  `SELECT p.numero, p.cliente_id AS "clienteId", p.notas, p.direccion_envio AS direccion
   FROM ${altas} ORDER BY e.secuencia`,
)
const lineasNuevas = statement<FilaLinea, [desde: number, hasta: number]>(
  `SELECT l.numero, l.nombre, l.sku FROM pedido_eventos e
     CROSS JOIN pedido_lineas l ON l.numero = e.numero
   WHERE ${enTrecho} AND e.estado = 'Pendiente'
   ORDER BY e.secuencia, l.posicion`,
)
const poner = statement<never, Entrada>(
  'INSERT INTO pedidos_fts (rowid, cliente, texto) VALUES (?1, ?2, ?3)',
)
const quitar = statement<never, Entrada>(
  `INSERT INTO pedidos_fts (pedidos_fts, rowid, cliente, texto) VALUES ('delete', ?1, ?2, ?3)`,
)
const vaciar = statement<never, []>(`INSERT INTO pedidos_fts (pedidos_fts) VALUES ('delete-all')`)
const altaDe = statement<{ readonly secuencia: number }, [numero: number]>(
  'SELECT secuencia FROM pedido_eventos WHERE numero = ?1 ORDER BY secuencia LIMIT 1',
)

const entrada = (uno: Buscable): Entrada => [
  uno.numero,
  palabraDe(uno.clienteId),
  textoDe(uno.numero, uno),
]

/**
 * The full-text index of the orders. It follows their history: one entry for a whole lot of orders
 * costs a fraction of what each costs alone, and a purchase waits for none of it.
 */
export const indice: Derivado = {
  nombre,
  *vaciar() {
    yield* vaciar.run()
  },
  *aplicar({ desde, hasta }) {
    const [lineas, pedidos] = yield* together(
      lineasNuevas.all(desde, hasta),
      pedidosNuevos.all(desde, hasta),
    )
    const lineasPor = Map.groupBy(lineas, ({ numero }) => numero)
    for (const { direccion, ...pedido } of pedidos) {
      // Written by `creacion.ts`, from a DireccionEnvio.
      const direccionEnvio = direccion === null ? null : (JSON.parse(direccion) as DireccionEnvio)
      const suyas = lineasPor.get(pedido.numero) ?? []
      yield* poner.run(...entrada({ ...pedido, direccionEnvio, lineas: suyas }))
    }
  },
}

/**
 * Takes out of an order's entry what is personal. An order that has no entry yet gets one without it,
 * as it is read from the order when its turn comes.
 */
export function* quitarPersonales(uno: Buscable): Script<void> {
  const alta = (yield* altaDe.get(uno.numero))?.secuencia ?? Number.POSITIVE_INFINITY
  if (alta > ((yield* numeroEnMarca(nombre)) ?? 0)) return
  const habia = entrada(uno)
  const queda = entrada({ ...uno, notas: null, direccionEnvio: null })
  if (habia[2] === queda[2]) return
  yield* quitar.run(...habia)
  yield* poner.run(...queda)
}

/** False between the removal of its place and the emptying that this asks for. */
export function* seIndexa(): Script<boolean> {
  return (yield* numeroEnMarca(nombre)) !== undefined
}
