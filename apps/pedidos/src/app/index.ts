import type { Timer } from '@encargo/service-kit/async/timer'
import { Barrido } from './barrido.ts'
import { ClientesVistos } from './clientes-vistos.ts'
import { Comprador } from './comprar.ts'
import type { Deps } from './deps.ts'
import { ListaDeBorrados } from './lista-de-borrados.ts'
import { Cumplidor } from './obligaciones/cumplir.ts'
import { Driver } from './obligaciones/driver.ts'
import type { Carril } from './obligaciones/obligacion.ts'
import { olvidarCliente } from './obligaciones/olvidar-cliente.ts'
import { reponer } from './obligaciones/reponer.ts'
import { createDescartador, soltarReserva } from './obligaciones/soltar-reserva.ts'
import { terminarPedido } from './obligaciones/terminar-pedido.ts'
import { createSeguimiento } from './seguimiento.ts'
import { limpiar, seguir, vencer } from './tareas.ts'

/** All that buys, ends and mends orders, around one store. Starts nothing: `driver.start()` does. */
export function createCasosDeUso(given: Deps, timer: Timer) {
  const deps = { ...given, clientes: new ClientesVistos(given) }
  let parado = false
  const parar = () => parado
  const barrido = new Barrido(deps)
  const listaDeBorrados = new ListaDeBorrados(deps)
  const carriles: readonly Carril[] = [
    [vencer(deps), terminarPedido(deps), soltarReserva(deps), reponer(deps), barrido],
    [listaDeBorrados, olvidarCliente(deps)],
    seguir(deps),
    [limpiar(deps)],
  ]
  const cumplidor = new Cumplidor(deps, carriles, parar)
  const descartador = createDescartador(deps, cumplidor)
  const driver = new Driver({ ...deps, cumplidor, carriles, timer, parar })
  return {
    deps,
    comprador: new Comprador(deps, descartador, cumplidor),
    cumplidor,
    driver,
    barrido,
    listaDeBorrados,
    seguimiento: createSeguimiento(deps),
    /** Stops what runs in the background and waits for the step it is at. */
    async stop() {
      parado = true
      await driver.stop()
      await descartador.stop()
    },
  }
}
export type CasosDeUso = ReturnType<typeof createCasosDeUso>
