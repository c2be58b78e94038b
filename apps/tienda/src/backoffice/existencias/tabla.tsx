import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { EstadoExistencia } from './cifras.tsx'
import { type Existencia, type Fila, hayDe, type OrdenExistencias } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

interface TablaProps {
  readonly filas: readonly Fila[]
  readonly viejas: boolean
  /** Undefined: by how well they answer the words that were searched for. */
  readonly orden: OrdenExistencias | undefined
  readonly bajas: boolean
  readonly onOrden: (orden: string) => void
}

/** Each line leads to the stock of its product, also where it has none on record yet. */
export function TablaExistencias({ filas, viejas, orden, bajas, onOrden }: TablaProps) {
  const t = useTextosExistencias()
  const { numero, fecha } = useFormato()
  const cifra = (
    cual: 'reservado' | 'disponible' | 'umbralMinimo',
    head: string,
  ): Column<Fila> => ({
    head,
    end: true,
    cell: ({ existencia }) => (existencia === null ? '—' : numero(existencia[cual])),
  })
  const fechaDe = (existencia: Existencia | null) =>
    existencia === null ? '—' : fecha(existencia.actualizadoEn)
  const columnas: readonly Column<Fila>[] = [
    {
      head: t.producto,
      main: true,
      ...(bajas ? {} : { orders: ['nombre'] }),
      cell: ({ producto, productoId }) => (
        <span className="block min-w-0">
          <Link to="/gestion/existencias/$id" params={{ id: productoId }} className={rowLink}>
            {producto?.nombre ?? t.desconocido}
          </Link>
          <span className="text-suave block text-sm font-normal break-all">
            {producto?.sku ?? productoId}
          </span>
        </span>
      ),
    },
    {
      head: t.estado,
      cell: ({ existencia }) => <EstadoExistencia existencia={existencia} />,
    },
    { ...cifra('disponible', t.disponible), orders: ['disponible', '-disponible'] },
    cifra('reservado', t.reservado),
    {
      head: t.fisico,
      end: true,
      cell: ({ existencia }) => (existencia === null ? '—' : numero(hayDe(existencia))),
    },
    cifra('umbralMinimo', t.minimo),
    {
      head: t.actualizado,
      orders: ['-actualizadoEn', 'actualizadoEn'],
      wideOnly: true,
      cell: ({ existencia }) => (
        <span className="text-suave whitespace-nowrap">{fechaDe(existencia)}</span>
      ),
    },
  ]
  return (
    <DataTable
      caption={t.titulo}
      columns={columnas}
      rows={filas}
      rowKey={({ productoId }) => productoId}
      stale={viejas}
      {...(orden === undefined ? {} : { order: orden, onOrder: onOrden })}
    />
  )
}
