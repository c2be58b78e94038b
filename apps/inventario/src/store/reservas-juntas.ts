import { type Engine, last, type Script, together } from '@encargo/storage'
import { disponibleDe, sinPrometer } from '../domain/existencia.ts'
import type { EstadoCerrado, Linea, Reserva } from '../domain/reserva.ts'
import { deListas, otroPedido, present } from './filas.ts'
import { lineaDeFalta, lineaDeVenta, type Libro, type NuevoMovimiento } from './libro.ts'
import { type Registro, SinStock } from './reservas-actos.ts'
import {
  type Cantidad,
  type FilaLeida,
  pedirReservas,
  reunir,
  sql,
  type StockLeido,
} from './reservas-juntas-sql.ts'

/** A reservation as it is by now. */
interface Ficha {
  readonly reserva: Reserva
  /** Its number in the tables; undefined while it is not there. */
  readonly n: number | undefined
  readonly cambiada: boolean
}

/** By how much a product's stock changes, in how many versions, and when it did last. */
interface Cambio extends Record<Cantidad, number> {
  readonly id: string
  version: number
  en: number
}

const sinCambio = (id: string): Cambio => ({
  id,
  fisico: 0,
  reservado: 0,
  faltan: 0,
  version: 0,
  en: 0,
})

/** What needs no answer from a database. */
function* hecho<T>(value: T): Script<T> {
  yield* []
  return value
}

/** What was read for several requests, as it becomes by one after the other of them. */
class Juntas implements Registro {
  readonly #libro: Libro
  readonly #fichas = new Map<string, Ficha>()
  readonly #stock = new Map<string, StockLeido>()
  readonly #cambios = new Map<string, Cambio>()
  readonly #movimientos: NuevoMovimiento[] = []

  constructor(libro: Libro, reservas: readonly FilaLeida[], stock: readonly StockLeido[]) {
    this.#libro = libro
    for (const { n, ...reserva } of reunir(reservas)) {
      this.#fichas.set(reserva.id, { reserva, n, cambiada: false })
    }
    for (const uno of stock) this.#stock.set(uno.productoId, uno)
  }

  /** Adds to what there is, as a new version or as part of one; answers what there is then. */
  #sumar(
    productoId: string,
    { fisico = 0, reservado = 0, faltan = 0 }: Partial<Record<Cantidad, number>>,
    version: 0 | 1,
    en: number,
  ): StockLeido {
    const antes = present(this.#stock.get(productoId))
    const despues = {
      productoId,
      fisico: antes.fisico + fisico,
      reservado: antes.reservado + reservado,
      faltan: antes.faltan + faltan,
      contador: antes.contador,
    }
    this.#stock.set(productoId, despues)
    const cambio = this.#cambios.get(productoId) ?? sinCambio(productoId)
    cambio.fisico += fisico
    cambio.reservado += reservado
    cambio.faltan += faltan
    cambio.version += version
    cambio.en = en
    this.#cambios.set(productoId, cambio)
    return despues
  }

  #cambiarReserva(id: string, cambio: Partial<Reserva>): void {
    const { reserva, n } = present(this.#fichas.get(id))
    this.#fichas.set(id, { reserva: { ...reserva, ...cambio }, n, cambiada: true })
  }

  leer(id: string) {
    return hecho(this.#fichas.get(id)?.reserva)
  }

  tomar(lineas: readonly Linea[], ahora: number) {
    const faltantes = lineas.flatMap(({ productoId, cantidad: solicitado }) => {
      const stock = this.#stock.get(productoId)
      const disponible = stock ? disponibleDe(stock) : 0
      return disponible < solicitado ? [{ productoId, solicitado, disponible }] : []
    })
    if (faltantes.length > 0) throw new SinStock(faltantes)
    for (const { productoId, cantidad } of lineas) {
      this.#sumar(productoId, { reservado: cantidad }, 1, ahora)
    }
    return hecho(undefined)
  }

  poner(reserva: Reserva) {
    this.#fichas.set(reserva.id, { reserva, n: undefined, cambiada: true })
    return hecho(undefined)
  }

  alargar(id: string, expiraEn: number) {
    this.#cambiarReserva(id, { expiraEn })
    return hecho(undefined)
  }

  cerrar(id: string, estado: EstadoCerrado, cerradaEn: number) {
    this.#cambiarReserva(id, { estado, cerradaEn })
    return hecho(undefined)
  }

  vender({ pedidoId, lineas }: Reserva, ahora: number) {
    for (const linea of lineas) {
      const { productoId, cantidad } = linea
      const { fisico: antes, faltan } = present(this.#stock.get(productoId))
      const quedan = { faltan: Math.min(0, antes - cantidad - faltan) }
      const salen = { fisico: -cantidad, reservado: -cantidad, ...quedan }
      const { fisico } = this.#sumar(productoId, salen, 1, ahora)
      this.#movimientos.push(lineaDeVenta(pedidoId, linea, fisico, ahora))
    }
    return hecho(undefined)
  }

  devolver({ lineas }: Reserva, ahora: number) {
    for (const { productoId, cantidad } of lineas) {
      this.#sumar(productoId, { reservado: -cantidad }, 1, ahora)
    }
    for (const { productoId } of lineas) this.#saldar(productoId, ahora)
    return hecho(undefined)
  }

  /** As the ledger's own. */
  #saldar(productoId: string, ahora: number): void {
    const salen = sinPrometer(present(this.#stock.get(productoId)))
    if (salen === 0) return
    const despues = this.#sumar(productoId, { fisico: -salen, faltan: -salen }, 0, ahora)
    const { contador } = despues
    this.#movimientos.push(lineaDeFalta(despues, salen, contador ?? undefined, ahora))
  }

  /**
   * Writes what has changed, as the last of a write: at most one statement for each table, all in one way
   * there and back. Each writes its whole list or fails.
   */
  *escribir(): Script<void> {
    const existencias = [...this.#cambios.values()]
    const fichas = [...this.#fichas.values()].filter(({ cambiada }) => cambiada)
    const cambiadas = fichas.flatMap(({ n, reserva }) => (n === undefined ? [] : fila(n, reserva)))
    const nuevas = fichas.filter(({ n }) => n === undefined).map(({ reserva }) => reserva)
    const puestas = nuevas.map((reserva, index) => fila(index + 1, reserva))
    const lineas = nuevas.flatMap((reserva, index) =>
      reserva.lineas.map(({ productoId: producto, cantidad }) => ({
        n: index + 1,
        producto,
        cantidad,
      })),
    )
    const escritas = deListas([
      { filas: existencias, asked: () => sql.cambiar.run(JSON.stringify(existencias)) },
      { filas: cambiadas, asked: () => sql.cerrar.run(JSON.stringify(cambiadas)) },
      { filas: puestas, asked: () => sql.poner.run(JSON.stringify(puestas)) },
      { filas: lineas, asked: () => sql.ponerLineas.run(JSON.stringify(lineas), puestas.length) },
      { filas: this.#movimientos, asked: () => this.#libro.anotarVarias(this.#movimientos) },
    ])
    if (escritas.length > 0) yield* last(...escritas)
  }
}

/** A row of `reservas`. */
const fila = (n: number, reserva: Reserva) => ({
  n,
  id: reserva.id,
  estado: reserva.estado,
  expira: reserva.expiraEn,
  creada: reserva.creadaEn,
  cerrada: reserva.cerradaEn,
  pedido: otroPedido(reserva),
})

/** What a request is about. */
export interface Nombrada {
  readonly id: string
  readonly lineas?: readonly Linea[] | undefined
}

/** Reads what requests are about: their reservations, and the stock that these hold or they name. */
export function createLector(engine: Engine, libro: Libro) {
  engine.prepare(pedirReservas, ...Object.values(sql))
  return function* leerJuntas(peticiones: readonly Nombrada[]): Script<Juntas> {
    const ids = JSON.stringify([...new Set(peticiones.map(({ id }) => id))])
    const productos = new Set(
      peticiones.flatMap(({ lineas = [] }) => lineas.map(({ productoId }) => productoId)),
    )
    const [reservas, existencias] = yield* together(
      pedirReservas.all(ids),
      sql.existencias.all(JSON.stringify([...productos]), ids),
    )
    return new Juntas(libro, reservas, existencias)
  }
}
