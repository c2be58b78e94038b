import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface EnlaceProps {
  readonly id: string
  readonly className: string
  readonly children: ReactNode
}

/** Not one that asks the browser for a new tab, a download or the like. */
const aqui = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

/**
 * To a product's page. Of these there are hundreds in a list, and each of the router's own links
 * looks at itself anew with every change of the address; this one costs nothing until it is used.
 */
export function EnlaceProducto({ id, className, children }: EnlaceProps) {
  const router = useRouter()
  const destino = { to: '/productos/$id', params: { id } } as const
  const preparar = () => void router.preloadRoute(destino)
  return (
    <a
      href={`/productos/${encodeURIComponent(id)}`}
      className={className}
      onPointerEnter={preparar}
      onFocus={preparar}
      onClick={(event) => {
        if (!aqui(event)) return
        event.preventDefault()
        void router.navigate(destino)
      }}
    >
      {children}
    </a>
  )
}
