import { createContext, useContext } from 'react'

/** Whether this browser knows it: one of before may not know the newest. */
function conocida(zona: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zona }) !== undefined
  } catch {
    return false
  }
}

/** The time zone of whoever looks on. */
export const zonaDelLector = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone of the shop's days; the reader's as long as the shop has chosen none. */
export const zonaDe = (zona: string | null): string =>
  zona !== null && conocida(zona) ? zona : zonaDelLector()

/** In which zone moments are told below here; undefined: in the reader's own. */
export const ContextoZona = createContext<string | undefined>(undefined)

/** In the back office, the shop's days are the same for all who work there, wherever they are. */
export const useZona = (): string => useContext(ContextoZona) ?? zonaDelLector()
