import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useTextos } from '../textos/idioma.ts'
import { toast } from '../ui/toast.tsx'

function suscribir(avisar: () => void) {
  addEventListener('online', avisar)
  addEventListener('offline', avisar)
  return () => {
    removeEventListener('online', avisar)
    removeEventListener('offline', avisar)
  }
}

/** Says that there is no connection, for as long as there is none. */
export function Conexion() {
  const t = useTextos()
  const hay = useSyncExternalStore(suscribir, () => navigator.onLine)
  const antes = useRef(hay)
  useEffect(() => {
    if (hay && !antes.current) toast(t.deVuelta)
    antes.current = hay
  }, [hay, t])
  return (
    <div role="status">
      {!hay && (
        <p className="bg-ojo-tenue text-ojo px-4 py-2 text-center font-medium">{t.sinConexion}</p>
      )}
    </div>
  )
}
