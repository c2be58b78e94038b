import { useFormato } from '../../textos/formato.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { Accion, Muestra } from './datos.ts'
import { CambioVisto } from './cambio.tsx'
import { useTextosCsv } from './textos.ts'

const tonos: Record<Accion, Tone> = { crear: 'good', actualizar: 'warning', igual: 'neutral' }

/** The first rows of a file and what each does. */
export function TablaMuestra({ muestra }: { readonly muestra: readonly Muestra[] }) {
  const t = useTextosCsv()
  const { numero } = useFormato()
  const columnas: readonly Column<Muestra>[] = [
    {
      head: t.producto,
      main: true,
      cell: ({ sku, nombre, productoId }) => (
        <span className="min-w-0">
          {sku ?? productoId}
          {sku !== null && nombre !== undefined && (
            <span className="text-suave block text-sm font-normal">{nombre}</span>
          )}
        </span>
      ),
    },
    { head: t.linea, end: true, cell: ({ fila }) => numero(fila) },
    {
      head: t.queHace,
      cell: ({ accion }) => <Badge tone={tonos[accion]}>{t.accion[accion]}</Badge>,
    },
    { head: t.cambia, cell: (una) => <CambioVisto muestra={una} /> },
  ]
  return (
    <DataTable
      caption={t.muestra}
      columns={columnas}
      rows={muestra}
      rowKey={({ fila }) => String(fila)}
    />
  )
}
