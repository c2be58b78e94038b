import { ask, type Answer } from './ask.ts'
import type { PedidosClient } from './contract.ts'
import type { CompraProblem, NuevoPedido, Pedido } from './derived.ts'
import type { Environment, KeyStorage } from './environment.ts'
import { type AnyProblem, isRetryable, type Problem } from './problems.ts'

export type CompraAnswer = Answer<Pedido, CompraProblem>

export interface CompraOptions {
  /**
   * Names the attempt among several of one page, such as a basket and a quick purchase. In one
   * storage, the same name with the same contents is the same attempt.
   */
  readonly nombre?: string
}

/** One attempt to buy: however often it is sent, and whatever fails in between, it buys once. */
export interface Compra {
  /** The `Idempotency-Key` that the next `enviar` sends. */
  readonly clave: string
  /**
   * Sends it, or waits for the sending that is under way. After a failure whose outcome is not
   * known (no connection, an overloaded service, nobody logged in) the next `enviar` continues the
   * same attempt. After a refusal that stands (no stock, a changed price) it begins a new one.
   */
  enviar(options?: { readonly signal?: AbortSignal }): Promise<CompraAnswer>
}

export interface PurchaseDeps extends Pick<Environment, 'newKey'> {
  readonly pedidos: PedidosClient
  readonly storage: KeyStorage
}

interface Remembered {
  readonly clave: string
  readonly contents: string
}

/** The same whatever the order of the members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Survives a reload; a storage that is full or forbidden only costs that. */
class Memory {
  readonly #storage: KeyStorage
  readonly #key: string

  constructor(storage: KeyStorage, nombre: string) {
    this.#storage = storage
    this.#key = `encargo:compra:${nombre}`
  }

  read(): Remembered | undefined {
    try {
      const found: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? 'null')
      if (typeof found !== 'object' || found === null) return undefined
      const clave: unknown = Reflect.get(found, 'clave')
      const contents: unknown = Reflect.get(found, 'contents')
      return typeof clave === 'string' && typeof contents === 'string'
        ? { clave, contents }
        : undefined
    } catch {
      return undefined
    }
  }

  write(remembered: Remembered): void {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(remembered))
    } catch {
      // The attempt still has its key for as long as the page lives.
    }
  }

  /** Only its own attempt: another tab may have begun the next one. */
  forget(clave: string): void {
    try {
      if (this.read()?.clave === clave) this.#storage.removeItem(this.#key)
    } catch {
      // What can't be removed is another attempt's to overwrite.
    }
  }
}

/** Whether the services have nothing on record for this attempt, or it may still be under way. */
function continues(problem: AnyProblem): boolean {
  if (isRetryable(problem) || problem.status >= 500) return true
  const { codigo } = problem
  return codigo === 'cancelada' || codigo === 'no-autenticado' || codigo === 'desconocido'
}

/** Begins, or after a reload continues, an attempt to buy `pedido`. */
export function createCompra(
  { pedidos, storage, newKey }: PurchaseDeps,
  pedido: NuevoPedido,
  { nombre = 'compra' }: CompraOptions = {},
): Compra {
  const memory = new Memory(storage, nombre)
  // What is sent is what was handed in at this moment, whatever the caller does with it later.
  const body = structuredClone(pedido)
  const contents = canonical(body)
  const begun = memory.read()
  let clave = begun?.contents === contents ? begun.clave : newKey()
  let sending: Promise<CompraAnswer> | undefined
  memory.write({ clave, contents })

  async function send(signal: AbortSignal | undefined): Promise<CompraAnswer> {
    const key = clave
    memory.write({ clave: key, contents })
    const answer = await ask(
      pedidos.pedidos.post(body, {
        headers: { 'idempotency-key': key },
        ...(signal ? { fetch: { signal } } : {}),
      }),
    )
    if (answer.ok) memory.forget(key)
    else if (!continues(asAny(answer.problem))) {
      memory.forget(key)
      clave = newKey()
    }
    return answer
  }

  return {
    get clave() {
      return clave
    },
    enviar({ signal } = {}) {
      sending ??= send(signal).finally(() => {
        sending = undefined
      })
      return sending
    },
  }
}

const asAny = (problem: Problem<CompraProblem>): AnyProblem => problem
