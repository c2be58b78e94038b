import type { Clock } from '@encargo/service-kit/async/clock'
import type { InstalacionStore, PeticionEnlace } from '../ports.ts'

/** How long what was read is believed, in milliseconds: a command or another process may change it. */
const creidaMs = 1_000

/** Which installation of pedidos this stock is for. */
export function createInstalacion(store: InstalacionStore, clock: Pick<Clock, 'monoMs'>) {
  let conocida: string | undefined
  let hasta = -Infinity

  function creer(instalacion: string | undefined): void {
    conocida = instalacion
    hasta = clock.monoMs() + creidaMs
  }

  async function preguntar(instalacion: string): Promise<boolean> {
    creer(await store.instalacion())
    return conocida === instalacion
  }

  /**
   * Whether it is that one; at once when it was a moment ago. Looked up when it seems to be another: the
   * very command that changes it may just have run.
   */
  const esDe = (instalacion: string): true | Promise<boolean> =>
    conocida === instalacion && clock.monoMs() < hasta ? true : preguntar(instalacion)

  return {
    esDe,
    /** The same, and gives it stock that is nobody's yet if it can be its own. */
    async enlazar(peticion: PeticionEnlace): Promise<boolean> {
      if (await esDe(peticion.instalacion)) return true
      const esSuya = await store.enlazar(peticion)
      if (esSuya) creer(peticion.instalacion)
      return esSuya
    },
  }
}

export type Instalacion = ReturnType<typeof createInstalacion>
