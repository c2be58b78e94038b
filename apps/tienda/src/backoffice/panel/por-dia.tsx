import { useFormato } from '../../textos/formato.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Graficas } from './graficas.tsx'

/** The same twice: drawn for the eye, and as a table for everybody else. */
export function PorDia({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  if (resumen.porDia.every((dia) => dia.pedidos + dia.ingresos + dia.abonado === 0)) {
    return (
      <Panel title={t.porDia}>
        <p className="text-suave">{t.sinPedidos}</p>
      </Panel>
    )
  }
  return (
    <Panel title={t.porDia}>
      <Graficas resumen={resumen} />
      <details className="mt-3">
        <summary className="text-acento inline-flex min-h-11 w-fit cursor-pointer items-center font-medium underline-offset-4 hover:underline">
          {t.enTabla}
        </summary>
        <Tabla resumen={resumen} />
      </details>
    </Panel>
  )
}

type Dia = Resumen['porDia'][number]

function Tabla({ resumen: { porDia, porMetodo, moneda } }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero, diaLargo } = useFormato()
  const deDinero: readonly Column<Dia>[] = [
    { head: t.cobrado, end: true, cell: ({ cobrado }) => dinero(cobrado, moneda) },
    { head: t.devuelto, end: true, cell: ({ reembolsado }) => dinero(reembolsado, moneda) },
  ]
  const columnas: readonly Column<Dia>[] = [
    { head: t.dia, main: true, cell: ({ dia }) => diaLargo(dia) },
    { head: t.hechos, end: true, cell: ({ pedidos }) => pedidos },
    { head: t.completados, end: true, cell: ({ completados }) => completados },
    { head: t.cancelados, end: true, cell: ({ cancelados }) => cancelados },
    {
      head: t.ingresos,
      end: true,
      cell: ({ ingresos }) => dinero(ingresos, moneda),
    },
    { head: t.abonado, end: true, cell: ({ abonado }) => dinero(abonado, moneda) },
    // A shop that takes no payments here has no such column.
    ...(porMetodo.length === 0 ? [] : deDinero),
  ]
  return (
    <DataTable
      caption={t.porDia}
      columns={columnas}
      rows={porDia.toReversed()}
      rowKey={({ dia }) => dia}
    />
  )
}
