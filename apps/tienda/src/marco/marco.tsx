import { Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTextos } from '../textos/idioma.ts'
import { leaveToast, Toasts } from '../ui/toast.tsx'
import { noteTrail } from '../ui/trail.ts'
import { Cabecera } from './cabecera.tsx'
import { Conexion } from './conexion.tsx'
import { Pie } from './pie.tsx'

/** Around every page of the shop window: where one is, where one can go, and what just happened. */
export function Marco() {
  const t = useTextos()
  const main = useRef<HTMLElement>(null)
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const enGestion = /^\/gestion(?:\/|$)/.test(pathname)
  const antes = useRef(pathname)
  const router = useRouter()
  useEffect(() => {
    noteTrail(router.state.location)
    // Without drawing anything anew: addresses change with every word that is searched for.
    return router.subscribe('onResolved', ({ toLocation }) => noteTrail(toLocation))
  }, [router])
  useEffect(() => {
    if (antes.current !== pathname) leaveToast()
    // A new page begins at its beginning, for the keyboard and for those who listen as well.
    if (antes.current !== pathname) main.current?.focus({ preventScroll: true })
    antes.current = pathname
  }, [pathname])
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#contenido"
        className="bg-acento text-sobre-acento sr-only z-50 rounded-br-xl px-4 py-3 font-medium focus:not-sr-only focus:fixed focus:top-0 focus:left-0"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t.saltar}
      </a>
      <Cabecera ancha={enGestion} />
      <Conexion />
      <main ref={main} id="contenido" tabIndex={-1} className="flex-1">
        <Outlet />
      </main>
      {/* What the footer says is for shoppers. */}
      {!enGestion && <Pie />}
      <Toasts />
    </div>
  )
}
