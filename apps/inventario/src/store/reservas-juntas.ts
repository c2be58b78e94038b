import { type Engine, type Script, statement, together } from '@encargo/storage'
import { disponibleDe, type Existencia, sinPrometer } from '../domain/existencia.ts'
import { enOrden, type EstadoCerrado, type Linea, type Reserva } from '../domain/reserva.ts'
import { columnas, escribirListas, present } from './filas.ts'
import { lineaDeFalta, lineaDeVenta, type Libro, type NuevoMovimiento } from './libro.ts'
import { type Registro, SinStock } from './reservas-actos.ts'
import { conListas } from './textos.ts'

type ReservaLeida = Omit<Reserva, 'lineas'> & { readonly n: number }
/** Of one without lines, as a release that came first leaves it, there is one row all the same. */
type FilaLeida = ReservaLeida & (Linea | { readonly productoId: null; readonly cantidad: null })

const columnasReserva = `r.n, r.pedido_id AS "pedidoId", r.estado, r.expira_en AS "expiraEn",
  r.creada_en AS "creadaEn", r.cerrada_en AS "cerradaEn", l.producto_id AS "productoId", l.cantidad`

/** Reservations with their lines, a row for each line. */
export const pedirReservas = statement<FilaLeida, [pedidoIds: string]>({
  sqlite: `SELECT ${columnasReserva}
    FROM reservas AS r LEFT JOIN reserva_lineas AS l ON l.reserva_n = r.n
    WHERE r.pedido_id IN (SELECT value FROM json_each(?1))`,
  // OFFSET has each line looked up: a plan that was made while there were few would go through all.
  postgres: `SELECT ${columnasReserva} FROM reservas AS r
    LEFT JOIN LATERAL (SELECT producto_id, cantidad FROM reserva_lineas
      WHERE reserva_n = r.n OFFSET 0) AS l ON true
    WHERE r.pedido_id = ANY(ARRAY(SELECT jsonb_array_elements_text(?1::text::jsonb)))`,
})

/** Rows to change are named as a list as well: so they are looked up, however many there seem to be. */
const sql = {
  /** The stock that requests name or reservations hold; `contador` counted it last, where some is missing. */
  existencias: statement<
    Existencia & { readonly contador: string | null },
    [productoIds: string, pedidoIds: string]
  >(
    conListas(
      ({ textos, en }) => `SELECT ${columnas}, CASE WHEN faltan > 0 THEN
          (SELECT usuario_id FROM movimientos AS m WHERE m.producto_id = e.producto_id
             AND tipo = 'AJUSTE' ORDER BY secuencia DESC LIMIT 1) END AS contador
        FROM existencias AS e WHERE producto_id ${en(
          `${textos(1)} UNION SELECT producto_id FROM reserva_lineas WHERE reserva_n ${en(
            `SELECT n FROM reservas WHERE pedido_id ${en(textos(2))}`,
          )}`,
        )}`,
    ),
  ),
  // Relative, as every change of stock.
  cambiar: statement<never, [existencias: string]>(
    conListas(
      ({ filas, en }) => `UPDATE existencias AS e SET fisico = e.fisico + f.fisico,
          reservado = e.reservado + f.reservado, faltan = e.faltan + f.faltan,
          version = e.version + f.version, actualizado_en = f.en FROM ${filas(1, {
            id: 'text',
            fisico: 'bigint',
            reservado: 'bigint',
            faltan: 'bigint',
            version: 'bigint',
            en: 'bigint',
          })} AS f
        WHERE e.producto_id = f.id
          AND e.producto_id ${en(`SELECT id FROM ${filas(1, { id: 'text' })} AS f`)}`,
    ),
  ),
  cerrar: statement<never, [reservas: string]>(
    conListas(
      ({ filas, en }) => `UPDATE reservas AS r
        SET estado = f.estado, expira_en = f.expira, cerrada_en = f.cerrada FROM ${filas(1, {
          n: 'bigint',
          estado: 'text',
          expira: 'bigint',
          cerrada: 'bigint',
        })} AS f
        WHERE r.n = f.n AND r.n ${en(`SELECT n FROM ${filas(1, { n: 'bigint' })} AS f`)}`,
    ),
  ),
  poner: statement<never, [reservas: string]>(
    conListas(
      ({ filas }) => `INSERT INTO reservas (n, pedido_id, estado, expira_en, creada_en, cerrada_en)
        SELECT (SELECT coalesce(max(n), 0) FROM reservas) + f.n, id, estado, expira, creada, cerrada
        FROM ${filas(1, {
          n: 'bigint',
          id: 'text',
          estado: 'text',
          expira: 'bigint',
          creada: 'bigint',
          cerrada: 'bigint',
        })} AS f`,
    ),
  ),
  /** Of the last `cuantas` reservations, which `n` counts. */
  ponerLineas: statement<never, [lineas: string, cuantas: number]>(
    conListas(
      ({ filas }) => `INSERT INTO reserva_lineas (reserva_n, producto_id, cantidad)
        SELECT (SELECT max(n) FROM reservas) - ?2 + f.n, f.producto, f.cantidad
        FROM ${filas(1, { n: 'bigint', producto: 'text', cantidad: 'bigint' })} AS f`,
    ),
  ),
}

/** The reservations of rows, each with its lines. */
export function reunir(filas: readonly FilaLeida[]): (Reserva & { readonly n: number })[] {
  const porN = new Map<number, ReservaLeida & { readonly lineas: Linea[] }>()
  for (const { productoId, cantidad, ...reserva } of filas) {
    const una = porN.get(reserva.n) ?? { ...reserva, lineas: [] }
    porN.set(reserva.n, una)
    if (productoId !== null) una.lineas.push({ productoId, cantidad })
  }
  return [...porN.values()].map((una) => ({ ...una, lineas: enOrden(una.lineas) }))
}

/** A reservation as it is by now. */
interface Ficha {
  readonly reserva: Reserva
  /** Its number in the tables; undefined while it is not there. */
  readonly n: number | undefined
  readonly cambiada: boolean
}

type ExistenciaLeida = Existencia & { readonly contador: string | null }

/** What needs no answer from a database. */
function* hecho<T>(value: T): Script<T> {
  yield* []
  return value
}

/** What was read for several requests, as it becomes by one after the other of them. */
class Juntas implements Registro {
  readonly #libro: Libro
  readonly #fichas = new Map<string, Ficha>()
  readonly #antes = new Map<string, ExistenciaLeida>()
  readonly #ahora = new Map<string, Existencia>()
  readonly #movimientos: NuevoMovimiento[] = []

  constructor(
    libro: Libro,
    reservas: readonly FilaLeida[],
    existencias: readonly ExistenciaLeida[],
  ) {
    this.#libro = libro
    for (const { n, ...reserva } of reunir(reservas)) {
      this.#fichas.set(reserva.pedidoId, { reserva, n, cambiada: false })
    }
    for (const una of existencias) this.#antes.set(una.productoId, una)
  }

  #existencia(productoId: string): Existencia | undefined {
    return this.#ahora.get(productoId) ?? this.#antes.get(productoId)
  }

  /** Each change of stock is a version of its own. */
  #cambiar(
    { productoId }: Linea,
    en: number,
    cambio: (antes: Existencia) => Partial<Existencia>,
  ): Existencia {
    const antes = present(this.#existencia(productoId))
    const { version } = antes
    const despues = { ...antes, ...cambio(antes), version: version + 1, actualizadoEn: en }
    this.#ahora.set(productoId, despues)
    return despues
  }

  #cambiarReserva(pedidoId: string, cambio: Partial<Reserva>): void {
    const { reserva, n } = present(this.#fichas.get(pedidoId))
    this.#fichas.set(pedidoId, { reserva: { ...reserva, ...cambio }, n, cambiada: true })
  }

  leer(pedidoId: string) {
    return hecho(this.#fichas.get(pedidoId)?.reserva)
  }

  tomar(lineas: readonly Linea[], ahora: number) {
    const faltantes = lineas.flatMap(({ productoId, cantidad: solicitado }) => {
      const existencia = this.#existencia(productoId)
      const disponible = existencia ? disponibleDe(existencia) : 0
      return disponible < solicitado ? [{ productoId, solicitado, disponible }] : []
    })
    if (faltantes.length > 0) throw new SinStock(faltantes)
    for (const linea of lineas) {
      this.#cambiar(linea, ahora, (e) => ({ reservado: e.reservado + linea.cantidad }))
    }
    return hecho(undefined)
  }

  poner(reserva: Reserva) {
    this.#fichas.set(reserva.pedidoId, { reserva, n: undefined, cambiada: true })
    return hecho(undefined)
  }

  alargar(pedidoId: string, expiraEn: number) {
    this.#cambiarReserva(pedidoId, { expiraEn })
    return hecho(undefined)
  }

  cerrar(pedidoId: string, estado: EstadoCerrado, cerradaEn: number) {
    this.#cambiarReserva(pedidoId, { estado, cerradaEn })
    return hecho(undefined)
  }

  vender({ pedidoId, lineas }: Reserva, ahora: number) {
    for (const linea of lineas) {
      const { fisico } = this.#cambiar(linea, ahora, (e) => {
        const quedan = e.fisico - linea.cantidad
        const reservado = e.reservado - linea.cantidad
        return { fisico: quedan, reservado, faltan: Math.min(e.faltan, quedan) }
      })
      this.#movimientos.push(lineaDeVenta(pedidoId, linea, fisico, ahora))
    }
    return hecho(undefined)
  }

  devolver({ lineas }: Reserva, ahora: number) {
    for (const linea of lineas) {
      this.#cambiar(linea, ahora, (e) => ({ reservado: e.reservado - linea.cantidad }))
    }
    for (const { productoId } of lineas) this.#saldar(productoId, ahora)
    return hecho(undefined)
  }

  /** As the ledger's own. */
  #saldar(productoId: string, ahora: number): void {
    const antes = present(this.#existencia(productoId))
    const salen = sinPrometer(antes)
    if (salen === 0) return
    const despues = { ...antes, fisico: antes.fisico - salen, faltan: antes.faltan - salen }
    this.#ahora.set(productoId, despues)
    const { contador } = present(this.#antes.get(productoId))
    this.#movimientos.push(lineaDeFalta(despues, salen, contador ?? undefined, ahora))
  }

  /** Writes what has changed: at most one statement for each table, all in one way there and back. */
  *escribir(): Script<void> {
    const existencias = [...this.#ahora.values()].map((ahora) =>
      variacion(present(this.#antes.get(ahora.productoId)), ahora),
    )
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
    yield* escribirListas([
      { filas: existencias, asked: () => sql.cambiar.run(JSON.stringify(existencias)) },
      { filas: cambiadas, asked: () => sql.cerrar.run(JSON.stringify(cambiadas)) },
      { filas: puestas, asked: () => sql.poner.run(JSON.stringify(puestas)) },
      { filas: lineas, asked: () => sql.ponerLineas.run(JSON.stringify(lineas), puestas.length) },
      { filas: this.#movimientos, asked: () => this.#libro.anotarVarias(this.#movimientos) },
    ])
  }
}

/** A row of `reservas`. */
const fila = (n: number, { pedidoId, estado, expiraEn, creadaEn, cerradaEn }: Reserva) => ({
  n,
  id: pedidoId,
  estado,
  expira: expiraEn,
  creada: creadaEn,
  cerrada: cerradaEn,
})

const variacion = (antes: Existencia, ahora: Existencia) => ({
  id: antes.productoId,
  fisico: ahora.fisico - antes.fisico,
  reservado: ahora.reservado - antes.reservado,
  faltan: ahora.faltan - antes.faltan,
  version: ahora.version - antes.version,
  en: ahora.actualizadoEn,
})

/** What a request is about. */
export interface Nombrada {
  readonly pedidoId: string
  readonly lineas?: readonly Linea[] | undefined
}

/** Reads what requests are about: their reservations, and the stock that these hold or they name. */
export function createLector(engine: Engine, libro: Libro) {
  engine.prepare(pedirReservas, ...Object.values(sql))
  return function* leerJuntas(peticiones: readonly Nombrada[]): Script<Juntas> {
    const pedidos = new Set(peticiones.map(({ pedidoId }) => pedidoId))
    const productos = new Set(
      peticiones.flatMap(({ lineas = [] }) => lineas.map(({ productoId }) => productoId)),
    )
    const pedidoIds = JSON.stringify([...pedidos])
    const [reservas, existencias] = yield* together(
      pedirReservas.all(pedidoIds),
      sql.existencias.all(JSON.stringify([...productos]), pedidoIds),
    )
    return new Juntas(libro, reservas, existencias)
  }
}
