import { Navigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { motivoDe } from '../datos/insistir.ts'
import { useTextos } from '../textos/idioma.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useSesion, useYo } from './sesion.ts'

export type Yo = NonNullable<ReturnType<typeof useYo>['data']>

/** What only somebody who is logged in sees; the others sign in first and come back here. */
export function ConSesion({ children }: { readonly children: (yo: Yo) => ReactNode }) {
  const sesion = useSesion()
  const router = useRouter()
  // As it was when this page came up: on the way to signing in, the address is already another.
  const [volver] = useState(() => router.state.location.href)
  const consulta = useYo()
  if (sesion === 'cerrada' || sesion === 'caducada') {
    return <Navigate to="/entrar" search={{ volver }} replace />
  }
  return (
    <Loaded query={consulta} error={motivoDe(consulta)} alone waiting={<EnCamino />}>
      {children}
    </Loaded>
  )
}

export function EnCamino() {
  const t = useTextos()
  return (
    <div
      role="status"
      aria-label={t.cargando}
      className="mx-auto flex max-w-7xl flex-col gap-4 px-4 py-10 sm:px-6"
    >
      <Skeleton className="h-9 w-56" />
      <Skeleton className="h-24 rounded-2xl" />
      <Skeleton className="h-24 rounded-2xl" />
      <Skeleton className="h-24 rounded-2xl" />
    </div>
  )
}
