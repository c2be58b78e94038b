import { useState } from 'react'
import { Illustration } from './illustration.tsx'

interface ProductPictureProps {
  readonly producto: {
    readonly id: string
    readonly categoria: string | null
    readonly imagenUrl: string | null
  }
  /** The first ones that are seen; the others wait until they are. */
  readonly eager?: boolean
  readonly className?: string
}

/** The page's policy takes pictures from its own origin only. */
const ownPicture = (url: string | null) => url !== null && /^\/(?!\/)/.test(url)

/** The product's picture, or a still life in its place. Decorative: the name stands beside it. */
export function ProductPicture({ producto, eager = false, className }: ProductPictureProps) {
  const { id, categoria, imagenUrl } = producto
  const [broken, setBroken] = useState<string | null>(null)
  const drawn = !ownPicture(imagenUrl) || imagenUrl === null || broken === imagenUrl
  return (
    <div className={className}>
      {drawn ? (
        <Illustration family={categoria ?? ''} seed={id} />
      ) : (
        <img
          src={imagenUrl}
          alt=""
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          className="size-full object-cover"
          onError={() => setBroken(imagenUrl)}
        />
      )}
    </div>
  )
}
