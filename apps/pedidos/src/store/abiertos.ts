import { type Engine, type Script, statement } from '@encargo/storage'
import { type Cupo, cabe, type Exceso, masUso, sinUso, type Uso } from '../domain/cupo.ts'
import { numerosDeCliente, sinAnotarDesde } from './de-cliente.ts'

/** How many customers are remembered; beyond it the memory begins anew, which costs each one look. */
const maximo = 50_000

/**
 * What a customer, `?1`, holds by orders that they made themselves. The oldest Pendiente order bounds
 * how far back their list is read. Orders from `?3` on are left out.
 */
const mirada = statement<Uso, [clienteId: string, corte: number, hasta: number]>(
  `SELECT count(*) AS pedidos, CAST(coalesce(sum(
     (SELECT sum(cantidad) FROM pedido_lineas l WHERE l.numero = p.numero)), 0) AS BIGINT) AS unidades
   FROM (${numerosDeCliente}) n CROSS JOIN pedidos p ON p.numero = n.numero
   WHERE n.numero >= (SELECT min(numero) FROM pedidos WHERE estado = 'Pendiente')
     AND n.numero < ?3 AND p.estado = 'Pendiente' AND p.creado_por = p.cliente_id`,
)

/** Why so much is too much, if it is. */
const excesoDe = (uso: Uso, mas: Uso, cupo: Cupo): Exceso | undefined =>
  cabe(masUso(uso, mas), cupo) ? undefined : { codigo: 'demasiados-pedidos-abiertos', cupo, uso }

const unidades = '(SELECT sum(cantidad) FROM pedido_lineas l WHERE l.numero = p.numero)'
const suyos = 'p.creado_por = p.cliente_id'

/** What a customer holds, where others make orders too: there is an index of just that. */
export const usoAbierto = `SELECT count(*) AS pedidos,
     CAST(coalesce(sum(${unidades}), 0) AS BIGINT) AS unidades
   FROM pedidos p WHERE p.estado = 'Pendiente' AND ${suyos} AND p.cliente_id =`
const miradaDirecta = statement<Uso, [clienteId: string]>(`${usoAbierto} ?1`)

/** Which order was the newest one, by number and id: the number alone another process may have given. */
export interface Lugar {
  readonly numero: number
  readonly id: string | null
}

/** How many orders are caught up with at most. */
const alcanzables = 1_000
interface Ajenos extends Uso {
  readonly clienteId: string
}

/** What customers have ordered since a place. */
export const desdeLugar = statement<Ajenos, [numero: number]>(
  `SELECT p.cliente_id AS "clienteId", count(*) AS pedidos, CAST(sum(${unidades}) AS BIGINT) AS unidades
   FROM pedidos p WHERE p.numero > ?1 AND p.numero <= ?1 + ${alcanzables} AND ${suyos}
   GROUP BY p.cliente_id`,
)

/**
 * Tells whether a customer's next order fits into what they may hold. It remembers, for each, the
 * most that they can hold by now: ends of orders are not followed, so only who seems to hold too much
 * is looked at again. A purchase of anybody else costs no look. What it remembers is as of an order, which
 * is still the one that it was, or all is forgotten: a commit may have failed.
 */
export class Abiertos {
  readonly #conocidos = new Map<string, Uso>()
  readonly #shared: boolean
  #lugar: Lugar | undefined
  /** From this order on, everybody's are in `#conocidos`. */
  #seguidosDesde = Number.MAX_SAFE_INTEGER

  constructor({ shared }: Engine) {
    this.#shared = shared
  }

  /** As of which order it remembers what it does; before all where that is nothing. */
  get lugar(): Lugar {
    return this.#lugar ?? { numero: 0, id: null }
  }

  /** Whether `mas` is known to fit beside what they hold, without a look at it. */
  cabe(clienteId: string, mas: Uso, cupo: Cupo): boolean {
    const sabido = this.#conocidos.get(clienteId)
    return sabido !== undefined && cabe(masUso(sabido, mas), cupo)
  }

  /** Why `mas` does not fit beside what they hold, of whom `cabe` does not know that it does. */
  *excede(clienteId: string, mas: Uso, cupo: Cupo): Script<Exceso | undefined> {
    // Not remembered: it may be as of a moment before `lugar`.
    const uso = this.#shared
      ? ((yield* miradaDirecta.get(clienteId)) ?? sinUso)
      : yield* this.#mirar(clienteId)
    return excesoDe(uso, mas, cupo)
  }

  /** In the write of an order, before it: `numero` is the newest order's. */
  comprobar(numero: number): void {
    if (numero !== this.#lugar?.numero || this.#conocidos.size > maximo) this.#olvidar()
  }

  /**
   * In a write, where others make orders too: what they made since `lugar`, whose order is called `testigo`
   * by now, up to the newest one.
   */
  alcanzar(testigo: string | null, ajenos: readonly Ajenos[], hasta: Lugar): void {
    const { numero, id } = this.lugar
    const lejos = hasta.numero - numero > alcanzables || this.#conocidos.size > maximo
    if (id === null || id !== testigo || lejos) this.#olvidar()
    else for (const { clienteId, ...mas } of ajenos) this.#sumar(clienteId, mas)
    this.#lugar = hasta
  }

  /** In the same write: what a customer holds by now, with all orders that there are. */
  aprender(clienteId: string, { pedidos, unidades: suyas }: Uso): void {
    this.#conocidos.set(clienteId, { pedidos, unidades: suyas })
  }

  /** In the same write, after an order; `mas` is nothing where nothing bounds what they hold. */
  anotar(lugar: Lugar, clienteId: string, mas: Uso): void {
    this.#lugar = lugar
    this.#seguidosDesde = Math.min(this.#seguidosDesde, lugar.numero)
    this.#sumar(clienteId, mas)
  }

  #sumar(clienteId: string, mas: Uso): void {
    const sabido = this.#conocidos.get(clienteId)
    if (sabido) this.#conocidos.set(clienteId, masUso(sabido, mas))
  }

  #olvidar(): void {
    this.#conocidos.clear()
    this.#seguidosDesde = Number.MAX_SAFE_INTEGER
  }

  *#mirar(clienteId: string): Script<Uso> {
    const nuevo = !this.#conocidos.has(clienteId)
    const hasta = nuevo ? this.#seguidosDesde : Number.MAX_SAFE_INTEGER
    const corte = Math.min(yield* sinAnotarDesde(), hasta)
    const uso = (yield* mirada.get(clienteId, corte, hasta)) ?? sinUso
    this.#conocidos.set(clienteId, uso)
    return uso
  }
}
