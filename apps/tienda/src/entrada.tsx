import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { valeReintentar } from './api.ts'
import { recordarCara } from './cara/de-la-pagina.ts'
import { recordarCesta } from './cesta/cesta.ts'
import { recordarTema } from './marco/tema.ts'
import { recordarEscrito } from './propio/escrito.ts'
import { crearRouter } from './rutas.tsx'
import { recordarSesion } from './sesion/sesion.ts'
import { recordarIdioma } from './textos/idioma.ts'

const intentos = 2

const retry = (fallos: number, error: unknown) => fallos < intentos && valeReintentar(error)

function crearConsultas(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry } } })
}

async function montar(elemento: HTMLElement): Promise<void> {
  const hayEscrito = recordarEscrito()
  recordarCara()
  recordarTema()
  recordarCesta()
  // Whether somebody is logged in need not be known to begin.
  void recordarSesion()
  await recordarIdioma()
  const router = crearRouter()
  // What is there already gives way to nothing but itself.
  if (hayEscrito) await router.load()
  const pagina = (
    <StrictMode>
      <QueryClientProvider client={crearConsultas()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>
  )
  // As a transition it is drawn in small steps, and the page answers in between.
  startTransition(() => createRoot(elemento).render(pagina))
}

const raiz = typeof document === 'undefined' ? null : document.querySelector<HTMLElement>('#raiz')
if (raiz) void montar(raiz)
