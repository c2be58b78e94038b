import { useQuery } from '@tanstack/react-query'
import { useFormato } from '../../textos/formato.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Codigo, FiltroEstado, useEstado } from './filtro.tsx'
import { type Ajeno, estadosAjeno, opcionesAjenos } from './listas.ts'
import { ResolverAjeno } from './resolver-ajeno.tsx'
import { useTextosCobros } from './textos-listas.ts'
import { useTextosPago } from './textos.ts'

/** Money that belongs to no charge. */
export function Ajenos() {
  const t = useTextosCobros()
  const { movimientos } = useTextosPago()
  const { dinero, fechaReciente } = useFormato()
  const estado = useEstado(estadosAjeno)
  const consulta = useQuery(opcionesAjenos(estado))
  const columnas: readonly Column<Ajeno>[] = [
    { head: t.referencia, main: true, cell: ({ referencia }) => <Codigo texto={referencia} /> },
    { head: t.proveedor, cell: ({ proveedor }) => proveedor },
    { head: t.que, cell: ({ tipo }) => movimientos[tipo] },
    { head: t.importe, end: true, cell: ({ importe, moneda }) => dinero(importe, moneda) },
    {
      head: t.cobro,
      cell: ({ cobroId }) => (cobroId === null ? t.nada : <Codigo texto={cobroId} />),
    },
    { head: t.desde, cell: ({ en }) => fechaReciente(en) },
    {
      head: t.resolucion,
      cell: ({ id, importe, moneda, resolucion }) =>
        resolucion ?? <ResolverAjeno id={id} cuanto={dinero(importe, moneda)} />,
    },
  ]
  return (
    <>
      <FiltroEstado estados={estadosAjeno} estado={estado} palabras={t.ajenos} />
      <Loaded query={consulta} waiting={<LoadingRows />}>
        {(ajenos) =>
          ajenos.length === 0 ? (
            <Empty title={t.ninguno} text={t.ningunoTexto} />
          ) : (
            <DataTable
              caption={t.tablaAjenos}
              columns={columnas}
              rows={ajenos}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
    </>
  )
}
