import { useState } from 'react'
import { Illustration } from './illustration.tsx'
import { allowedOrigins, pictureUrl } from './picture-url.ts'

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

let origins: readonly string[] | undefined

/** The page says it once, so it is read once. */
const pageOrigins = () => (origins ??= allowedOrigins(document))

/** The product's picture, or a still life in its place. Decorative: the name stands beside it. */
export function ProductPicture({ producto, eager = false, className }: ProductPictureProps) {
  const { id, categoria, imagenUrl } = producto
  const [broken, setBroken] = useState<string | null>(null)
  const src = pictureUrl(imagenUrl, pageOrigins())
  return (
    <div className={className}>
      {src === null || src === broken ? (
        <Illustration family={categoria ?? ''} seed={id} />
      ) : (
        <img
          src={src}
          alt=""
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          className="size-full object-cover"
          onError={() => setBroken(src)}
        />
      )}
    </div>
  )
}
