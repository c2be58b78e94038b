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

/** Tells whether a customer's next order fits into what they may hold. */
export interface Abiertos {
  /** Whether `mas` is known to fit beside what they hold, without a look at it. */
  cabe(clienteId: string, mas: Uso, cupo: Cupo): boolean
  /** Why `mas` does not fit beside what they hold, of whom `cabe` does not know that it does. */
  excede(clienteId: string, mas: Uso, cupo: Cupo): Script<Exceso | undefined>
  /** In the write of an order, before it: `numero` is the newest order's. */
  comprobar(numero: number | undefined): void
  /** In the same write, after it; `mas` is nothing where nothing bounds what they hold. */
  anotar(numero: number, clienteId: string, mas: Uso): void
}

/** Why so much is too much, if it is. */
export const excesoDe = (uso: Uso, mas: Uso, cupo: Cupo): Exceso | undefined =>
  cabe(masUso(uso, mas), cupo) ? undefined : { codigo: 'demasiados-pedidos-abiertos', cupo, uso }

/** What a customer holds, where others make orders too: there is an index of just that. */
export const usoAbierto = `SELECT count(*) AS pedidos, CAST(coalesce(sum(
     (SELECT sum(cantidad) FROM pedido_lineas l WHERE l.numero = p.numero)), 0) AS BIGINT) AS unidades
   FROM pedidos p WHERE p.estado = 'Pendiente' AND p.creado_por = p.cliente_id AND p.cliente_id =`
const miradaDirecta = statement<Uso, [clienteId: string]>(`${usoAbierto} ?1`)

/** Nothing is remembered: between two orders of this process any other may have made one. */
const sinMemoria: Abiertos = {
  cabe: () => false,
  *excede(clienteId, mas, cupo) {
    return excesoDe((yield* miradaDirecta.get(clienteId)) ?? sinUso, mas, cupo)
  },
  comprobar: () => undefined,
  anotar: () => undefined,
}

export const createAbiertos = ({ shared }: Engine): Abiertos =>
  shared ? sinMemoria : new Recordados()

/**
 * It remembers, for each customer, the most that they can hold by now: ends of orders are not followed,
 * so only who seems to hold too much is looked at again. A purchase of anybody else costs no statement.
 * An order that came to nothing, with its commit, is seen by the newest order's number; then all that is
 * remembered is forgotten.
 */
class Recordados implements Abiertos {
  readonly #conocidos = new Map<string, Uso>()
  #ultimo: number | undefined
  /** From this order on, everybody's are in `#conocidos`. */
  #seguidosDesde = Number.MAX_SAFE_INTEGER

  cabe(clienteId: string, mas: Uso, cupo: Cupo): boolean {
    const sabido = this.#conocidos.get(clienteId)
    return sabido !== undefined && cabe(masUso(sabido, mas), cupo)
  }

  *excede(clienteId: string, mas: Uso, cupo: Cupo): Script<Exceso | undefined> {
    return excesoDe(yield* this.#mirar(clienteId), mas, cupo)
  }

  comprobar(numero: number | undefined): void {
    if (numero === this.#ultimo && this.#conocidos.size <= maximo) return
    this.#conocidos.clear()
    this.#seguidosDesde = Number.MAX_SAFE_INTEGER
  }

  anotar(numero: number, clienteId: string, mas: Uso): void {
    this.#ultimo = numero
    this.#seguidosDesde = Math.min(this.#seguidosDesde, numero)
    const sabido = this.#conocidos.get(clienteId)
    if (sabido) this.#conocidos.set(clienteId, masUso(sabido, mas))
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
