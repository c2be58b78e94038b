import type { Timer } from '@encargo/service-kit/async/timer'
import { Driver } from '@encargo/service-kit/obligations/driver'
import { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { Lane } from '@encargo/service-kit/obligations/obligation'
import { abrirPendiente } from './abrir.ts'
import { contarCobro } from './contar.ts'
import { type Deps, graciaMs } from './deps.ts'
import { deProveedor } from './proveedor.ts'
import { limpiar, repasar } from './tareas.ts'

/** All that takes money and gives it back, around one store. Starts nothing: `driver.start()` does. */
export function createCasosDeUso(given: Omit<Deps, 'enseguida'>, timer: Timer) {
  const deps: Deps = { ...given, enseguida: (deuda) => driver.soon(deuda) }
  let parado = false
  const parar = () => parado
  const proveedores = [...deps.proveedores.values()]
  // A provider that is away holds up nobody else.
  const lanes: readonly Lane[] = [
    [abrirPendiente(deps), contarCobro(deps)],
    ...proveedores.map((uno) => [...deProveedor(deps, uno), repasar(deps, uno)]),
    [limpiar(deps)],
  ]
  const cumplidor = new Fulfiller({ ...deps, lanes, stopping: parar })
  const driver = new Driver({
    ...deps,
    fulfiller: cumplidor,
    lanes,
    timer,
    stopping: parar,
    espera: { pendientes: [] },
    graceMs: graciaMs,
  })
  return {
    deps,
    cumplidor,
    driver,
    /** Stops what runs in the background and waits for the step it is at. */
    async stop() {
      parado = true
      await driver.stop()
    },
  }
}
export type CasosDeUso = ReturnType<typeof createCasosDeUso>
