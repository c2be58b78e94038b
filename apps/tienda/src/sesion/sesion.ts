import type { SessionState } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { cliente, con, huboSesion, pedir } from '../api.ts'
import { insistente } from '../datos/insistir.ts'
import { local } from '../ui/browser-storage.ts'
import { createStore } from '../ui/store.ts'

/** `desconocida` until the server was asked. `caducada`: it ended by itself while the page was open. */
type EstadoSesion = 'desconocida' | 'abierta' | 'cerrada' | 'caducada'

const estado = createStore<EstadoSesion>('desconocida')
let saliendo = false

/** Set while staff is logged in, so that a page that is loaded again knows it before it was asked. */
const clavePersonal = 'encargo:personal'

const alCambiar = (nuevo: SessionState) => {
  if (nuevo === 'open') return estado.set('abierta')
  if (nuevo === 'unknown') return estado.set('desconocida')
  local.write(clavePersonal, null)
  const propia = saliendo || estado.get() !== 'abierta'
  estado.set(propia ? 'cerrada' : 'caducada')
}

/** Follows the client's session; asks once whether one of an earlier visit is still open. */
export async function recordarSesion(): Promise<void> {
  cliente().onSession(alCambiar)
  if (!huboSesion()) return alCambiar('closed')
  await cliente().restore()
}

export async function salir(): Promise<void> {
  saliendo = true
  try {
    await cliente().logout()
  } finally {
    saliendo = false
  }
}

export const useSesion = () => useSyncExternalStore(estado.subscribe, estado.get)

/** The user who is logged in; nothing is asked for while nobody is. */
export function useYo() {
  const abierta = useSesion() === 'abierta'
  return useQuery({
    queryKey: ['yo'],
    enabled: abierta,
    ...insistente,
    staleTime: 60_000,
    queryFn: ({ signal }) => pedir(cliente().auth.me.get(con(signal))),
  })
}

/** Whether staff looks at this page. Until the server has said so, whoever was staff still is. */
export function useEsPersonal(): boolean {
  const { data: yo } = useYo()
  const es = yo === undefined ? local.read(clavePersonal) !== null : yo.rol !== 'cliente'
  useEffect(() => {
    if (yo) local.write(clavePersonal, es ? '1' : null)
  }, [yo, es])
  return es
}
