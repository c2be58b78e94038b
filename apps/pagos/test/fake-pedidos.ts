import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { CobroEntero } from '../src/domain/registro.ts'
import type { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import type { Contado, Pedido, Pedidos } from '../src/ports/pedidos.ts'

/** Who a token is of, which pedidos would find out by its signature. */
function deToken(token: string): { readonly sub: string; readonly rol?: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** pedidos in memory: orders, what they owe, and what it was told. */
export class FakePedidos implements Pedidos {
  readonly todos = new Map<string, Pedido>()
  readonly enlaces = new Map<string, string>()
  /** The versions of each charge that it was told, in their order. */
  readonly contados = new Map<string, CobroEntero[]>()
  /** What it wants done the next time that it is told of a charge. */
  readonly ordenes = new Map<string, readonly OrdenDeCobro[]>()
  readonly noCobrables = new Set<string>()
  /** Runs when it has been told of a charge. */
  alContar: (cobro: CobroEntero) => void | Promise<void> = () => undefined
  caido = false
  calla = false
  apartadoHasta: number | null | undefined = undefined
  #numero = 0

  /** An order of somebody, that owes so much. */
  poner(porCobrar: number, datos: Partial<Pedido> = {}): Pedido {
    const pedido = {
      id: Bun.randomUUIDv7(),
      numero: ++this.#numero,
      clienteId: Bun.randomUUIDv7(),
      moneda: 'USD',
      porCobrar,
      email: 'rosa@correo.example',
      idioma: 'es' as const,
      ...datos,
    }
    this.todos.set(pedido.id, pedido)
    return pedido
  }

  async pedido(id: string, token: string | undefined): Promise<Pedido | undefined> {
    this.#esta()
    const pedido = this.todos.get(id)
    if (!pedido || token === undefined) return pedido
    const { sub, rol } = deToken(token)
    return rol === 'admin' || rol === 'operador' || sub === pedido.clienteId ? pedido : undefined
  }

  async deEnlace(enlace: string): Promise<string | undefined> {
    this.#esta()
    return this.enlaces.get(enlace)
  }

  async contar(cobro: CobroEntero): Promise<Contado> {
    this.#esta()
    if (!this.todos.has(cobro.pedidoId)) return { tipo: 'desconocido' }
    const conocidos = this.contados.get(cobro.id) ?? []
    if (conocidos.length === 0 && this.noCobrables.has(cobro.pedidoId))
      return { tipo: 'no-cobrable' }
    this.contados.set(cobro.id, [...conocidos, cobro])
    await this.alContar(cobro)
    if (this.calla) throw new PeerUnavailableError('pedidos', 1_000)
    const ordenes = this.ordenes.get(cobro.id) ?? []
    this.ordenes.delete(cobro.id)
    const { apartadoHasta = cobro.apartarHasta } = this
    return { tipo: 'contado', apartadoHasta, ordenes }
  }

  /** What it knows of a charge. */
  sabe(cobroId: string): CobroEntero | undefined {
    return this.contados.get(cobroId)?.at(-1)
  }

  #esta(): void {
    if (this.caido) throw new PeerUnavailableError('pedidos', 1_000)
  }
}
