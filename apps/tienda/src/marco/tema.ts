import { useSyncExternalStore } from 'react'
import { local } from '../ui/browser-storage.ts'
import { useMedia } from '../ui/media.ts'
import { createStore } from '../ui/store.ts'

type Tema = 'claro' | 'oscuro'

const clave = 'encargo:tema'
const elegido = createStore<Tema | null>(null)
const consultaOscuro = '(prefers-color-scheme: dark)'

function aplicar(tema: Tema | null): void {
  if (tema === null) delete document.documentElement.dataset['tema']
  else document.documentElement.dataset['tema'] = tema
  elegido.set(tema)
}

/** Before the first paint: what was chosen on a visit before; else what the system says. */
export function recordarTema(): void {
  const guardado = local.read(clave)
  aplicar(guardado === 'claro' || guardado === 'oscuro' ? guardado : null)
}

export function elegirTema(tema: Tema): void {
  // Who chooses what the system has follows the system again.
  const delSistema = (tema === 'oscuro') === matchMedia(consultaOscuro).matches
  local.write(clave, delSistema ? null : tema)
  aplicar(delSistema ? null : tema)
}

/** The theme that is seen. */
export function useTema(): Tema {
  const propio = useSyncExternalStore(elegido.subscribe, elegido.get)
  const oscuro = useMedia(consultaOscuro)
  return propio ?? (oscuro ? 'oscuro' : 'claro')
}
