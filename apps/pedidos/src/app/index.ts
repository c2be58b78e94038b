import type { Timer } from '@encargo/service-kit/async/timer'
import { avisarBajas } from './avisar-bajas.ts'
import { avisarPorVencer } from './avisar-por-vencer.ts'
import { Barrido } from './barrido.ts'
import { createCartas } from './cartas.ts'
import { ClientesVistos } from './clientes-vistos.ts'
import { Comprador } from './comprar.ts'
import type { Deps } from './deps.ts'
import { ListaDeBorrados } from './lista-de-borrados.ts'
import { avisar } from './obligaciones/avisar.ts'
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
  const parada = new AbortController()
  const seguimiento = createSeguimiento(deps)
  const cartas = createCartas(deps, seguimiento)
  const deCorreos: readonly Carril[] = [
    [avisarPorVencer(deps), avisar(deps, { cartas, parada: parada.signal })],
    [avisarBajas(deps)],
  ]
  const cumplidor = new Cumplidor(deps, [...carriles, ...deCorreos], parar)
  const descartador = createDescartador(deps, cumplidor)
  const driver = new Driver({ ...deps, cumplidor, carriles, timer, parar })
  // A server may take its time over a mail, for which nothing else is to wait.
  const cartero = new Driver({ ...deps, cumplidor, carriles: deCorreos, timer, parar })
  return {
    deps,
    comprador: new Comprador(deps, descartador, cumplidor),
    cumplidor,
    driver,
    cartero,
    cartas,
    barrido,
    listaDeBorrados,
    seguimiento,
    /** Stops what runs in the background and waits for the step it is at. */
    async stop() {
      parado = true
      parada.abort()
      await Promise.all([driver.stop(), cartero.stop()])
      await descartador.stop()
    },
  }
}
export type CasosDeUso = ReturnType<typeof createCasosDeUso>
