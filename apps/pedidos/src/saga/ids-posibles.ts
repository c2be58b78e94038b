import { idDeClave, intentosPorClave } from '../domain/identidad-pedido.ts'
import type { Clave } from '../store/port.ts'
import type { SagaDeps } from './deps.ts'

/** A key that has no answer yet. */
export interface ClaveLibre {
  readonly clave: Clave
  readonly primerIdUsado: boolean
}

/** How many ids one request tries whose reservation turns out to be closed. */
const cerradasPorPeticion = 16

/** The ids that an order may have, in turn: those that are used up already are left out. */
export async function* idsPosibles(
  { store, newId }: SagaDeps,
  libre: ClaveLibre | null,
): AsyncGenerator<string> {
  if (!libre) return yield newId()
  const { clave, primerIdUsado } = libre
  let dados = 0
  if (!primerIdUsado) {
    yield clave.primerId
    dados++
  }
  for (let intento = 1; intento < intentosPorClave && dados < cerradasPorPeticion; intento++) {
    const id = idDeClave(clave.usuarioId, clave.clave, intento)
    if (await store.usado(id)) continue
    yield id
    dados++
  }
}
