import { memo } from 'react'
import type { Producto } from '../../datos/productos.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { IconButton } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StockBadge } from '../../ui/stock-badge.tsx'
import { anadir } from '../producto/anadido.tsx'
import { EnlaceProducto } from './enlace-producto.tsx'

interface CartaProps {
  readonly producto: Producto
  readonly disponible: number | undefined
  readonly preguntando: boolean
  /** Among the first that are seen. */
  readonly pronta: boolean
}

export const Carta = memo(function Carta(props: CartaProps) {
  const { producto, disponible, preguntando, pronta } = props
  const t = useTextos()
  const { dinero } = useFormato()
  const alPulsar = () => {
    const { id: productoId, nombre, precio: precioVisto } = producto
    anadir(t, { productoId, nombre, cantidad: 1, precioVisto })
  }
  return (
    <li className="group relative flex flex-col gap-2">
      <ProductPicture
        producto={producto}
        eager={pronta}
        className="border-linea aspect-square overflow-hidden rounded-2xl border transition-shadow group-hover:shadow-(--shadow-carta)"
      />
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="leading-snug font-medium">
            <EnlaceProducto
              id={producto.id}
              className="after:absolute after:inset-0 after:rounded-2xl group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-offset-2"
            >
              {producto.nombre}
            </EnlaceProducto>
          </h2>
          <p className="mt-0.5 text-lg font-semibold cifra">
            {dinero(producto.precio, producto.moneda)}
          </p>
        </div>
        {disponible !== 0 && (
          <IconButton
            label={t.catalogo.anadirNombre(producto.nombre)}
            className="bg-acento-tenue text-acento-fuerte hover:bg-acento hover:text-sobre-acento relative z-10"
            onClick={alPulsar}
          >
            <PlusIcon />
          </IconButton>
        )}
      </div>
      {preguntando ? (
        <Skeleton className="h-6 w-24 rounded-full" />
      ) : (
        <StockBadge disponible={disponible} />
      )}
    </li>
  )
})
