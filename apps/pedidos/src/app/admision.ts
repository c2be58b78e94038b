import { RateLimiter } from '@encargo/service-kit/async/rate-limiter'
import type { Cliente, Solicitud } from '../domain/compra.ts'
import {
  type Cupo,
  type Cupos,
  type Exceso,
  masUso,
  sinUso,
  type Uso,
  usoDe,
} from '../domain/cupo.ts'
import type { Deps } from './deps.ts'

const segundosDelDia = 24 * 60 * 60
/** How many customers' pace is remembered. */
const maxCallers = 20_000

type Clase = keyof Cupos

/**
 * Keeps one customer from taking what is there for all. What a purchase would hold is looked at before
 * anything is reserved for it, together with what the same customer's other purchases in this process
 * are about to hold; the write of the order judges again, for those of other processes.
 */
export class Admision {
  readonly #deps: Pick<Deps, 'cupos' | 'store' | 'clock'>
  readonly #ritmos: Readonly<Record<Clase, RateLimiter | undefined>>
  readonly #enVuelo = new Map<string, Uso>()

  constructor(deps: Pick<Deps, 'cupos' | 'store' | 'clock'>) {
    const ritmo = ({ comprasDiarias: burst }: Cupo) =>
      Number.isFinite(burst)
        ? new RateLimiter({
            quota: { perSecond: burst / segundosDelDia, burst },
            maxCallers,
            now: deps.clock.monoMs,
          })
        : undefined
    this.#deps = deps
    const { confirmado, sinConfirmar } = deps.cupos
    this.#ritmos = { confirmado: ritmo(confirmado), sinConfirmar: ritmo(sinConfirmar) }
  }

  cupoDe(cliente: Cliente | undefined): Cupo {
    return this.#deps.cupos[claseDe(cliente)]
  }

  /** Counts one more purchase of theirs; why it has to wait, if it has to. */
  contar(clienteId: string, cliente: Cliente | undefined): Exceso | undefined {
    const tomado = this.#ritmos[claseDe(cliente)]?.take(clienteId)
    if (!tomado || tomado.allowed) return undefined
    return { codigo: 'demasiados-pedidos', retryAfterMs: tomado.waitMs }
  }

  /** `comprar`, if what it would hold fits. */
  async dentro<T>(
    { clienteId, lineas }: Solicitud,
    cupo: Cupo,
    comprar: () => Promise<T>,
  ): Promise<T | Exceso> {
    const enVuelo = this.#enVuelo.get(clienteId) ?? sinUso
    const conEsta = masUso(enVuelo, usoDe(lineas))
    // Counted before anything is waited for.
    this.#enVuelo.set(clienteId, conEsta)
    try {
      return (await this.#deps.store.excede(clienteId, conEsta, cupo)) ?? (await comprar())
    } finally {
      this.#soltar(clienteId, usoDe(lineas))
    }
  }

  #soltar(clienteId: string, uso: Uso): void {
    const { pedidos, unidades } = this.#enVuelo.get(clienteId) ?? sinUso
    if (pedidos <= uso.pedidos) this.#enVuelo.delete(clienteId)
    else
      this.#enVuelo.set(clienteId, {
        pedidos: pedidos - uso.pedidos,
        unidades: unidades - uso.unidades,
      })
  }
}

const claseDe = (cliente: Cliente | undefined): Clase =>
  cliente?.confirmado ? 'confirmado' : 'sinConfirmar'
