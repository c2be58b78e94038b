import { type Engine, type Script, statement } from '@encargo/storage'
import { type IdDeClave, idsDeClaves } from '../domain/identidad-pedido.ts'
import type { Instalacion } from '../ports/peers.ts'
import { leerMarca, numeroEnMarca } from './marcas.ts'

/** What a process has to know of its database before it begins. */
export interface Inicio {
  /** The id of the installation, which a migration writes. */
  readonly instalacion: string
  /** What links to orders are signed with; a migration makes it. */
  readonly secretoEnlaces: string
  readonly idDeClave: IdDeClave
  /** When the last change of an order was, in milliseconds since the epoch. */
  readonly ultimoCambio: number | undefined
  /** What the newest order was sold in: it tells the currency of the shop. */
  readonly moneda: string | undefined
}

export const ultimoCambio = statement<{ readonly en: number }, []>(
  'SELECT en FROM pedido_eventos ORDER BY secuencia DESC LIMIT 1',
)
const ultimaMoneda = statement<{ readonly moneda: string }, []>(
  'SELECT moneda FROM pedidos ORDER BY numero DESC LIMIT 1',
)
/** How many orders are named from each end: some of them any database of the same shop has. */
const porExtremo = 32
const extremos = statement<{ readonly id: string }, []>(
  `SELECT id FROM (SELECT id FROM pedidos ORDER BY numero LIMIT ${porExtremo}) primeros
   UNION SELECT id FROM (SELECT id FROM pedidos ORDER BY numero DESC LIMIT ${porExtremo}) ultimos`,
)

/**
 * The ids that this database's keys stand for. It says as of when those that tell their moment give ids
 * that begin with it. One that had orders before there were such ids says a day later than that: no key
 * is left then that may have been used without.
 */
export function* idsDeEstaBase(): Script<IdDeClave> {
  return idsDeClaves((yield* numeroEnMarca('ids-ordenados-desde')) ?? 0)
}

/** A mark that a migration writes. */
function* deMigracion(nombre: string): Script<string> {
  const fila = yield* leerMarca.get(nombre)
  if (!fila) throw new Error(`a database without its ${nombre}, which a migration writes`)
  return fila.valor
}

export function* leerInicio(): Script<Inicio> {
  return {
    instalacion: yield* deMigracion('instalacion'),
    secretoEnlaces: yield* deMigracion('secreto-enlaces'),
    idDeClave: yield* idsDeEstaBase(),
    ultimoCambio: (yield* ultimoCambio.get())?.en,
    moneda: (yield* ultimaMoneda.get())?.moneda,
  }
}

/** Who this database is, and what another one that belongs to it must know of its orders. */
export const instalacionDe = (engine: Engine, { instalacion: id }: Inicio): Instalacion => ({
  id,
  testigos: async () => (await engine.ask(extremos.all())).map((row) => row.id),
})
