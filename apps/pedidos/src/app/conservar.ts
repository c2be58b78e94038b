import type { Pedido } from '../domain/pedido.ts'
import type { Deps } from './deps.ts'

/** A guest's order, kept in somebody's account; undefined where it is none, or another's by now. */
export async function conservar(
  { store, clock }: Deps,
  { id, numero, clienteId: de }: Pedido,
  a: string,
): Promise<Pedido | undefined> {
  if (de !== a) await store.conservar({ numero, de, a, ahora: clock.epochMs() })
  const despues = await store.porId(id)
  return despues?.clienteId === a ? despues : undefined
}
