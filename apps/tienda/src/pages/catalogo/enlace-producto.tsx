import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isPlainClick } from '../../ui/plain-click.ts'

interface EnlaceProps {
  readonly id: string
  readonly className: string
  readonly children: ReactNode
}

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
        if (!isPlainClick(event)) return
        event.preventDefault()
        void router.navigate(destino)
      }}
    >
      {children}
    </a>
  )
}
