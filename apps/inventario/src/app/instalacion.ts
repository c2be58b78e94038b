import type { InstalacionStore, PeticionEnlace } from '../ports.ts'

/** Which installation of pedidos this stock is for. */
export function createInstalacion(store: InstalacionStore) {
  let conocida: string | undefined

  async function preguntar(instalacion: string): Promise<boolean> {
    conocida = await store.instalacion()
    return conocida === instalacion
  }

  /**
   * Whether it is that one; at once when it is. Looked up only when it seems to be another: the very
   * command that changes it may just have run.
   */
  const esDe = (instalacion: string): true | Promise<boolean> =>
    conocida === instalacion || preguntar(instalacion)

  return {
    esDe,
    /** The same, and gives it stock that is nobody's yet if it can be its own. */
    async enlazar(peticion: PeticionEnlace): Promise<boolean> {
      if (await esDe(peticion.instalacion)) return true
      const esSuya = await store.enlazar(peticion)
      if (esSuya) conocida = peticion.instalacion
      return esSuya
    },
  }
}

export type Instalacion = ReturnType<typeof createInstalacion>
