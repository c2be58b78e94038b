import { useState } from 'react'
import { problemaDe } from '../../api.ts'
import { distintos } from './cambios.ts'
import type { ConVersion } from './version.ts'

export interface Encuentro<F> {
  readonly leida: ConVersion<F>
  readonly leer: () => Promise<ConVersion<F>>
  /** Changes it unless it is no longer the version that was read. */
  readonly enviar: (cambios: Partial<F>, version: string, entera: F) => Promise<ConVersion<F>>
}

/** What a form begins with: `vez` grows when it has to begin anew. */
interface Inicial<F> {
  readonly forma: F
  readonly vez: number
  /** What somebody else changed meanwhile, which is in it. */
  readonly ajenos: readonly string[]
}

type Guardado = 'sin-cambios' | 'guardado' | 'cruzado'

/**
 * What was typed on top of what somebody else saved meanwhile, and the names of what that is.
 * @param mia what was typed, as changes of `antes`
 */
export function reunir<F extends object>(antes: F, mia: F, suya: F) {
  const ajenos: readonly string[] = Object.keys(distintos(antes, suya))
  return { forma: { ...suya, ...distintos(antes, mia) }, ajenos }
}

/** Something that several people edit: who is second finds what the first one did, and loses nothing. */
export function useEncuentro<F extends object>({ leida, leer, enviar }: Encuentro<F>) {
  // What is in the fields is a change of this, whatever is read meanwhile.
  const [base, setBase] = useState(leida)
  const [inicial, setInicial] = useState<Inicial<F>>({ forma: leida.datos, vez: 0, ajenos: [] })
  async function guardar(mia: F): Promise<Guardado> {
    const cambios = distintos(base.datos, mia)
    if (Object.keys(cambios).length === 0) return 'sin-cambios'
    try {
      setBase(await enviar(cambios, base.version, mia))
      return 'guardado'
    } catch (error) {
      if (problemaDe(error)?.codigo !== 'version-distinta') throw error
      const suya = await leer()
      const junto = reunir(base.datos, mia, suya.datos)
      if (junto.ajenos.length === 0) {
        // What they changed is nothing that stands here.
        setBase(await enviar(cambios, suya.version, junto.forma))
        return 'guardado'
      }
      setInicial(({ vez }) => ({ ...junto, vez: vez + 1 }))
      setBase(suya)
      return 'cruzado'
    }
  }
  return { inicial, guardar }
}
