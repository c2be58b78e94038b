import { createRoot } from 'react-dom/client'
import { createRouter, createRootRoute } from '@tanstack/react-router'
import { QueryClient } from '@tanstack/react-query'

function montar(elemento: HTMLElement | null) {
  if (!elemento) return
  const r = createRouter({ routeTree: createRootRoute({}) })
  createRoot(elemento).render(
    <p className="text-tinta p-4">
      hola {String(r)} {String(new QueryClient())}
    </p>,
  )
}
if (typeof document !== 'undefined') montar(document.querySelector('#raiz'))
