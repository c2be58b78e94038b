import { intentosPorClave } from '../domain/identidad-pedido.ts'
import type { Clave } from '../ports/store.ts'
import type { Deps } from './deps.ts'

/** A key that has no answer yet. */
export interface ClaveLibre {
  readonly clave: Clave
  readonly primerIdUsado: boolean
}

/** How many ids one request tries whose reservation turns out to be closed. */
const cerradasPorPeticion = 16

/** The id that an order is to have, unless that is used up already. */
export function primerId({ uuid }: Deps, libre: ClaveLibre | undefined): string | undefined {
  if (!libre) return uuid()
  return libre.primerIdUsado ? undefined : libre.clave.primerId
}

/** The other ids that an order with a key may have, in turn; those that are used up are left out. */
export async function* otrosIds({ store }: Deps, { clave }: ClaveLibre): AsyncGenerator<string> {
  const { usuarioId } = clave
  for (let intento = 1, dados = 1; intento < intentosPorClave; intento++) {
    const id = store.idDeClave(usuarioId, clave.clave, intento)
    if (await store.usado(id)) continue
    yield id
    if (++dados === cerradasPorPeticion) return
  }
}
