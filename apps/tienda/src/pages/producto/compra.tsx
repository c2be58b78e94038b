import { useState } from 'react'
import { useCesta } from '../../cesta/cesta.ts'
import type { Producto } from '../../datos/productos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { BasketIcon } from '../../ui/icons.tsx'
import { Quantity } from '../../ui/quantity.tsx'
import { anadir } from './anadido.tsx'

interface CompraProps {
  readonly producto: Producto
  readonly disponible: number | undefined
}

/** How many, and into the basket. */
export function Compra({ producto, disponible }: CompraProps) {
  const t = useTextos()
  const [cantidad, setCantidad] = useState(1)
  const enCesta = useCesta().find(({ productoId }) => productoId === producto.id)?.cantidad ?? 0
  if (disponible === 0) return null
  // While nobody can say how many there are, the purchase itself will.
  const quedan = disponible === undefined ? 1_000_000 : disponible - enCesta
  const tope = Math.max(1, quedan)
  const alPulsar = () => {
    const { id: productoId, nombre, precio: precioVisto } = producto
    anadir(t, { productoId, nombre, cantidad: Math.min(cantidad, tope), precioVisto })
    setCantidad(1)
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-3">
        <Quantity
          label={t.producto.cantidad}
          value={Math.min(cantidad, tope)}
          max={tope}
          onChange={setCantidad}
        />
        <Button size="large" disabled={quedan < 1} onClick={alPulsar} className="grow sm:grow-0">
          <BasketIcon />
          <span>{t.producto.anadir}</span>
        </Button>
      </div>
      <p role="status" className="text-suave min-h-6 text-sm">
        {enCesta > 0 && <span>{t.producto.enCesta(enCesta)}</span>}{' '}
        {quedan < 1 && <span>{t.producto.topeAlcanzado}</span>}
      </p>
    </div>
  )
}
