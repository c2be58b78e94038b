import type { Timer } from '@encargo/service-kit/async/timer'
import { Driver } from '@encargo/service-kit/obligations/driver'
import { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { Lane } from '@encargo/service-kit/obligations/obligation'
import type { EsperaPedidos } from '../ports/obligaciones.ts'
import { avisarBajas } from './avisar-bajas.ts'
import { avisarPorVencer } from './avisar-por-vencer.ts'
import { Barrido } from './barrido.ts'
import { createCartas } from './cartas.ts'
import { ClientesVistos } from './clientes-vistos.ts'
import { Comprador } from './comprar.ts'
import { type Deps, graciaMs } from './deps.ts'
import { ListaDeBorrados } from './lista-de-borrados.ts'
import { avisar } from './obligaciones/avisar.ts'
import { capturarCobro, cerrarCobro, reembolsar } from './obligaciones/mandar-pagos.ts'
import { olvidarCliente } from './obligaciones/olvidar-cliente.ts'
import { reponer } from './obligaciones/reponer.ts'
import { createDescartador, soltarReserva } from './obligaciones/soltar-reserva.ts'
import { terminarPedido } from './obligaciones/terminar-pedido.ts'
import { createSeguimiento } from './seguimiento.ts'
import { limpiar, seguir, vencer } from './tareas.ts'

/** All that buys, ends and mends orders, around one store. Starts nothing: `driver.start()` does. */
export function createCasosDeUso(given: Omit<Deps, 'enseguida'>, timer: Timer) {
  const enseguida: Deps['enseguida'] = (deuda) => driver.soon(deuda)
  const deps: Deps & { clientes: ClientesVistos } = {
    ...given,
    clientes: new ClientesVistos(given),
    enseguida,
  }
  let parado = false
  const parar = () => parado
  const barrido = new Barrido(deps)
  const listaDeBorrados = new ListaDeBorrados(deps)
  const carriles: readonly Lane[] = [
    [vencer(deps), terminarPedido(deps), soltarReserva(deps), reponer(deps), barrido],
    [cerrarCobro(deps), capturarCobro(deps), reembolsar(deps)],
    [listaDeBorrados, olvidarCliente(deps)],
    seguir(deps),
    [limpiar(deps)],
  ]
  const parada = new AbortController()
  const seguimiento = createSeguimiento(deps)
  const cartas = createCartas(deps, seguimiento)
  const deCorreos: readonly Lane[] = [
    [avisarPorVencer(deps), avisar(deps, { cartas, parada: parada.signal })],
    [avisarBajas(deps)],
  ]
  const lanes = [...carriles, ...deCorreos]
  const cumplidor = new Fulfiller({ ...deps, lanes, stopping: parar })
  const descartador = createDescartador(deps, cumplidor)
  const driverOf = (de: readonly Lane[]) =>
    new Driver<EsperaPedidos>({
      ...deps,
      fulfiller: cumplidor,
      lanes: de,
      timer,
      stopping: parar,
      espera: { pendientes: [] },
      graceMs: graciaMs,
    })
  const driver = driverOf(carriles)
  // A server may take its time over a mail, for which nothing else is to wait.
  const cartero = driverOf(deCorreos)
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
