import { Link } from '@tanstack/react-router'
import type { Producto } from '../../datos/productos.ts'
import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { textosProductos } from './textos.ts'

interface TablaProps {
  readonly productos: readonly Producto[]
  readonly viejos: boolean
}

export function TablaProductos({ productos, viejos }: TablaProps) {
  const t = useTextosGestion(textosProductos)
  const { dinero, fecha } = useFormato()
  const columnas: readonly Column<Producto>[] = [
    {
      key: 'nombre',
      head: t.campo.nombre,
      main: true,
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
      key: 'sku',
      head: t.campo.sku,
      cell: ({ sku }) => <span>{sku}</span>,
    },
    { key: 'categoria', head: t.campo.categoria, cell: ({ categoria }) => categoria ?? '—' },
    {
      key: 'precio',
      head: t.campo.precio,
      end: true,
      cell: ({ precio, moneda }) => dinero(precio, moneda),
    },
    {
      key: 'estado',
      head: t.estado,
      cell: ({ activo }) => (
        <Badge tone={activo ? 'good' : 'neutral'}>{activo ? t.enVenta : t.archivado}</Badge>
      ),
    },
    {
      key: 'cambiado',
      head: t.cambiado,
      wideOnly: true,
      cell: ({ actualizadoEn }) => (
        <span className="text-suave whitespace-nowrap">{fecha(actualizadoEn)}</span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t.tabla}
      columns={columnas}
      rows={productos}
      rowKey={({ id }) => id}
      stale={viejos}
    />
  )
}
