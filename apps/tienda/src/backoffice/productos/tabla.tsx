import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Producto } from '../../datos/productos.ts'
import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { esBaja, opcionesExistenciasDe } from '../existencias/datos.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { useTextosProductos } from './textos.ts'

interface TablaProps {
  readonly productos: readonly Producto[]
  readonly viejos: boolean
  readonly orden: string
  readonly onOrden: (orden: string) => void
}

export function TablaProductos({ productos, viejos, orden, onOrden }: TablaProps) {
  const t = useTextosProductos()
  const { dinero, fecha, numero } = useFormato()
  const existencias = useQuery(opcionesExistenciasDe(productos.map(({ id }) => id))).data
  const columnas: readonly Column<Producto>[] = [
    {
      head: t.campo.nombre,
      main: true,
      orders: ['nombre'],
      cell: (producto) => (
        <span className="flex items-center gap-3">
          <ProductPicture
            producto={producto}
            className="bg-hundido size-11 shrink-0 overflow-hidden rounded-lg"
          />
          <Link to="/gestion/productos/$id" params={{ id: producto.id }} className={rowLink}>
            {producto.nombre}
          </Link>
        </span>
      ),
    },
    {
      head: t.campo.sku,
      cell: ({ sku }) => <span>{sku}</span>,
    },
    { head: t.campo.categoria, cell: ({ categoria }) => categoria ?? '—' },
    {
      head: t.campo.precio,
      end: true,
      orders: ['precio', '-precio'],
      cell: ({ precio, moneda }) => dinero(precio, moneda),
    },
    {
      head: t.disponibles,
      end: true,
      cell: ({ id }) => {
        const existencia = existencias?.get(id)
        if (existencia === undefined) return '—'
        return (
          <span className={classNames('font-medium', esBaja(existencia) && 'text-mal')}>
            {numero(existencia.disponible)}
          </span>
        )
      },
    },
    {
      head: t.estado,
      cell: ({ activo }) => (
        <Badge tone={activo ? 'good' : 'neutral'}>{activo ? t.enVenta : t.archivado}</Badge>
      ),
    },
    {
      head: t.cambiado,
      wideOnly: true,
      cell: ({ actualizadoEn }) => (
        <span className="text-suave whitespace-nowrap">{fecha(actualizadoEn)}</span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t.titulo}
      columns={columnas}
      rows={productos}
      rowKey={({ id }) => id}
      stale={viejos}
      order={orden}
      onOrder={onOrden}
    />
  )
}
