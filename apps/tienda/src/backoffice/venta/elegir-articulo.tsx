import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LineaCesta } from '../../cesta/cesta.ts'
import { useFormato } from '../../textos/formato.ts'
import { opcionesArticulos } from '../datos/articulos.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { Combobox } from '../ui/combobox.tsx'
import { claramente } from './claro.ts'
import { leerCantidad } from './mostrador.ts'

interface ElegirArticuloProps {
  readonly alElegir: (articulo: LineaCesta) => void
}

/** Finds what somebody brought to the counter, by its name or by its code. */
export function ElegirArticulo({ alElegir }: ElegirArticuloProps) {
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const [escrito, setEscrito] = useState('')
  const { cantidad, q: texto } = leerCantidad(escrito)
  const { data, isPlaceholderData, isPending } = useQuery(opcionesArticulos(texto))
  return (
    <Combobox
      label={t.producto}
      placeholder={t.productoEjemplo}
      chosen={null}
      autoFocus
      onChoose={(opcion) => {
        const elegido = data?.find(({ id }) => id === opcion?.id)
        if (!elegido) return
        const { id: productoId, nombre, precio: precioVisto } = elegido
        alElegir({ productoId, nombre, cantidad, precioVisto })
      }}
      clearLabel={t.quitarProducto}
      onType={setEscrito}
      options={data?.map(({ id, nombre, sku, precio, moneda }) => ({
        id,
        label: nombre,
        note: t.nota(sku, dinero(precio, moneda)),
      }))}
      loading={isPlaceholderData || isPending}
      noneLabel={t.sinProductos}
      meant={claramente(texto, data ?? [])}
      unclearLabel={t.eligeProducto}
    />
  )
}
