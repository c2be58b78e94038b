import { createContext, useContext } from 'react'
import type { Yo } from '../sesion/con-sesion.tsx'

/** Whoever works here right now; only inside of the back office. */
export const ContextoPersonal = createContext<Yo | null>(null)

export const esPersonal = (yo: Pick<Yo, 'rol'> | undefined) =>
  yo !== undefined && yo.rol !== 'cliente'

export function usePersonal(): Yo {
  const yo = useContext(ContextoPersonal)
  if (!yo) throw new Error('usePersonal is for pages of the back office')
  return yo
}

export const useEsAdmin = () => usePersonal().rol === 'admin'
