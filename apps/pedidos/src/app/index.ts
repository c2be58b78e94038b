import type { Timer } from '@encargo/service-kit/async/timer'
import { Barrido } from './barrido.ts'
import { ClientesVistos } from './clientes-vistos.ts'
import { Comprador } from './comprar.ts'
import type { SagaDeps } from './deps.ts'
import { ListaDeBorrados } from './lista-de-borrados.ts'
import { Cumplidor } from './obligaciones/cumplir.ts'
import { Driver } from './obligaciones/driver.ts'
import { olvidarCliente } from './obligaciones/olvidar-cliente.ts'
import { createDescartador, soltarReserva } from './obligaciones/soltar-reserva.ts'
import { terminarPedido } from './obligaciones/terminar-pedido.ts'
import { limpiar, seguir, vencer } from './tareas.ts'

export type { SagaDeps } from './deps.ts'

/** All that buys, ends and mends orders, around one store. */
export interface Saga {
  readonly deps: SagaDeps
  readonly comprador: Comprador
  readonly cumplidor: Cumplidor
  readonly driver: Driver
  readonly barrido: Barrido
  readonly listaDeBorrados: ListaDeBorrados
  /** Stops what runs in the background and waits for the step it is at. */
  stop(): Promise<void>
}

/** Starts nothing: `saga.driver.start()` does. */
export function createSaga(given: SagaDeps, timer: Timer): Saga {
  const deps = { ...given, clientes: new ClientesVistos(given) }
  let parado = false
  const parar = () => parado
  const terminar = terminarPedido(deps)
  const soltar = soltarReserva(deps)
  const olvidar = olvidarCliente(deps)
  const cumplidor = new Cumplidor(deps, [terminar, soltar, olvidar], parar)
  const descartador = createDescartador(deps, cumplidor)
  const barrido = new Barrido(deps)
  const listaDeBorrados = new ListaDeBorrados(deps)
  const carriles = [
    [vencer(deps), terminar, soltar, barrido],
    [listaDeBorrados, olvidar],
    seguir(deps),
    [limpiar(deps)],
  ]
  const driver = new Driver({ ...deps, cumplidor, carriles, timer, parar })
  return {
    deps,
    comprador: new Comprador(deps, descartador, cumplidor),
    cumplidor,
    driver,
    barrido,
    listaDeBorrados,
    async stop() {
      parado = true
      await driver.stop()
      await descartador.stop()
    },
  }
}
