import type { Pedido } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'

type De = Pick<Pedido, 'id' | 'numero'>

/** The way to an order for whoever holds its link, without an account. */
export function createSeguimiento({ store, enlaces, clock }: Deps) {
  /** What opens it from then on, the same for the same moment. */
  async function tokenDe({ id, numero }: De, desde: number): Promise<string> {
    return await enlaces.firmar({ pedidoId: id, vuelta: await store.vuelta(numero) }, desde)
  }
  return {
    tokenDe,
    /** Where it is seen, below the shop's address. */
    caminoDe: async (pedido: De, desde: number) => `/seguimiento/${await tokenDe(pedido, desde)}`,
    /** Undefined for a link that is none, is over, or was taken back. */
    async abrir(token: string): Promise<Pedido | undefined> {
      const enlace = await enlaces.leer(token, clock.epochMs())
      const pedido = enlace && (await store.porId(enlace.pedidoId))
      if (!pedido || (await store.vuelta(pedido.numero)) !== enlace.vuelta) return undefined
      return pedido
    },
    /** Takes back all links to an order; false where there is no such order. */
    async revocar(id: string): Promise<boolean> {
      const pedido = await store.porId(id)
      if (pedido) await store.revocarEnlaces(pedido.numero)
      return pedido !== undefined
    },
  }
}
export type Seguimiento = ReturnType<typeof createSeguimiento>
