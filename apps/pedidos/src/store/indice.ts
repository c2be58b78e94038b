import { type Script, statement, together } from '@encargo/storage'
import type { Contacto } from '../domain/condiciones.ts'
import type { DireccionEnvio } from '../domain/pedido.ts'
import { palabraDe, textoDe } from './busqueda.ts'
import { enOrden } from './en-orden.ts'
import { deVarios } from './lectura.ts'
import { leerMarca, numeroEnMarca } from './marcas.ts'
import { altas, type Derivado, enTrecho, esAlta } from './seguidor.ts'

const nombre = 'busqueda'

/** What the index says of an order. */
export interface Buscable {
  readonly numero: number
  readonly clienteId: string
  readonly lineas: readonly { readonly nombre: string; readonly sku: string }[]
  readonly notas: string | null
  readonly direccionEnvio: DireccionEnvio | null
  readonly condiciones: { readonly contacto: Contacto | null } | null
}

interface Fila {
  readonly numero: number
  readonly clienteId: string
  readonly notas: string | null
  readonly direccion: string | null
  readonly contacto: string | null
}
interface FilaLinea {
  readonly numero: number
  readonly nombre: string
  readonly sku: string
}
type Entrada = readonly [numero: number, cliente: string, texto: string]

const pedidosNuevos = statement<Fila, [desde: number, hasta: number]>(
  enOrden(
    (
      luego,
    ) => `SELECT p.numero, p.cliente_id AS "clienteId", p.notas, p.direccion_envio AS direccion,
     (SELECT contacto FROM pedido_condiciones WHERE numero = p.numero) AS contacto
   FROM ${altas(luego)} ORDER BY e.secuencia`,
  ),
)
const lineasNuevas = statement<FilaLinea, [desde: number, hasta: number]>(
  enOrden(
    (luego) => `SELECT l.numero, l.nombre, l.sku FROM pedido_eventos e
     ${luego('pedido_lineas', 'l', 'l.numero = e.numero')}
   WHERE ${enTrecho} AND ${esAlta}
   ORDER BY e.secuencia, l.posicion`,
  ),
)
const poner = statement<never, [entradas: string]>({
  sqlite: `INSERT INTO pedidos_fts (rowid, cliente, texto)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)`,
  postgres: `INSERT INTO pedidos_palabras (numero, palabras)
    SELECT (e ->> 0)::bigint, array_to_tsvector(string_to_array(e ->> 2, ' ') || (':' || (e ->> 1)))
    FROM jsonb_array_elements(?1::text::jsonb) e`,
})
const quitar = statement<never, [entradas: string]>({
  sqlite: `INSERT INTO pedidos_fts (pedidos_fts, rowid, cliente, texto)
    SELECT 'delete', value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)`,
  postgres: `DELETE FROM pedidos_palabras WHERE numero IN
    (SELECT (e ->> 0)::bigint FROM jsonb_array_elements(?1::text::jsonb) e)`,
})
const vaciar = statement<never, []>({
  sqlite: `INSERT INTO pedidos_fts (pedidos_fts) VALUES ('delete-all')`,
  postgres: 'DELETE FROM pedidos_palabras',
})
const altasDe = statement<
  { readonly numero: number; readonly secuencia: number },
  [numeros: string]
>(
  `SELECT numero, min(secuencia) AS secuencia FROM pedido_eventos
   WHERE ${deVarios} GROUP BY numero`,
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
    const entradas = pedidos.map(({ direccion, contacto, ...pedido }) => {
      // Written by `creacion.ts` and `condiciones.ts`, from what they are read as.
      const direccionEnvio = direccion === null ? null : (JSON.parse(direccion) as DireccionEnvio)
      const condiciones = contacto === null ? null : { contacto: JSON.parse(contacto) as Contacto }
      const suyas = lineasPor.get(pedido.numero) ?? []
      return entrada({ ...pedido, direccionEnvio, condiciones, lineas: suyas })
    })
    if (entradas.length > 0) yield* poner.run(JSON.stringify(entradas))
  },
}

/**
 * Has the entries of orders say what becomes of them. An order that has no entry yet gets it as it is
 * then, as it is read from the order when its turn comes.
 */
export function* reescribir(
  pedidos: readonly Buscable[],
  despues: (uno: Buscable) => Buscable,
): Script<void> {
  const [altas, marca] = yield* together(
    altasDe.all(JSON.stringify(pedidos.map(({ numero }) => numero))),
    leerMarca.get(nombre),
  )
  const lugar = Number(marca?.valor ?? 0)
  const puestos = new Set(altas.flatMap((una) => (una.secuencia <= lugar ? [una.numero] : [])))
  const cambios = pedidos
    .filter(({ numero }) => puestos.has(numero))
    .map((uno) => [entrada(uno), entrada(despues(uno))] as const)
    .filter(([habia, queda]) => !Bun.deepEquals(habia, queda))
  if (cambios.length === 0) return
  yield* together(
    quitar.run(JSON.stringify(cambios.map(([habia]) => habia))),
    poner.run(JSON.stringify(cambios.map(([, queda]) => queda))),
  )
}

/** Takes out of the entries of orders what is personal. */
export const quitarPersonales = (pedidos: readonly Buscable[]): Script<void> =>
  reescribir(pedidos, (uno) => ({ ...uno, notas: null, direccionEnvio: null, condiciones: null }))

/** False between the removal of its place and the emptying that this asks for. */
export function* seIndexa(): Script<boolean> {
  return (yield* numeroEnMarca(nombre)) !== undefined
}
