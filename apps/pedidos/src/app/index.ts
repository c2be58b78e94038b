import type { Timer } from '@encargo/service-kit/async/timer'
import { Barrido } from './barrido.ts'
import { Borrados } from './borrados.ts'
import { ClientesVistos } from './clientes-vistos.ts'
import { Comprador } from './comprar.ts'
import type { SagaDeps } from './deps.ts'
import { Descartador } from './descartar.ts'
import { Driver } from './driver.ts'
import { Seguimiento } from './seguimiento.ts'
import { Terminador } from './terminar.ts'

export type { SagaDeps } from './deps.ts'
export type { Driver } from './driver.ts'

/** All that buys, ends and mends orders, around one store. */
export interface Saga {
  readonly deps: SagaDeps
  readonly comprador: Comprador
  readonly terminador: Terminador
  readonly driver: Driver
  /** Stops what runs in the background and waits for the step it is at. */
  stop(): Promise<void>
}

/** Starts nothing: `saga.driver.start()` does. */
export function createSaga(given: SagaDeps, timer: Timer): Saga {
  const deps = { ...given, clientes: new ClientesVistos(given) }
  const terminador = new Terminador(deps)
  const descartador = new Descartador(deps)
  const comprador = new Comprador(deps, descartador, terminador)
  const barrido = new Barrido(deps)
  const borrados = new Borrados(deps)
  const seguimiento = new Seguimiento(deps)
  const driver = new Driver({
    ...deps,
    terminador,
    descartador,
    barrido,
    borrados,
    seguimiento,
    timer,
  })
  return {
    deps,
    comprador,
    terminador,
    driver,
    async stop() {
      await driver.stop()
      await descartador.stop()
    },
  }
}
