import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Panel } from '../../ui/panel.tsx'
import { useTextosCobros } from '../cobros/textos-listas.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'

type DeMetodo = Resumen['porMetodo'][number]

/** Money that moved in those days, by how it was paid, and what of it waits for somebody now. */
export function Dinero({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { porMetodo, saldos } = resumen
  // A shop that takes no payments here has none of this.
  if (porMetodo.length + saldos.length === 0) return null
  return (
    <Panel title={t.dinero}>
      {porMetodo.length === 0 ? (
        <p className="text-suave">{t.sinDinero}</p>
      ) : (
        <PorMetodo resumen={resumen} />
      )}
      {saldos.length > 0 && <Saldos resumen={resumen} />}
    </Panel>
  )
}

function PorMetodo({ resumen: { porMetodo, moneda } }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero } = useFormato()
  const importe = (head: string, de: (uno: DeMetodo) => number): Column<DeMetodo> => ({
    head,
    end: true,
    cell: (uno) => dinero(de(uno), moneda),
  })
  return (
    <DataTable
      caption={t.porMetodo}
      columns={[
        { head: t.metodo, main: true, cell: ({ metodo }) => metodo },
        importe(t.cobrado, ({ cobrado }) => cobrado),
        importe(t.devuelto, ({ reembolsado }) => reembolsado),
        importe(t.disputado, ({ disputado }) => disputado),
        importe(t.queda, (uno) => uno.cobrado - uno.reembolsado - uno.disputado),
      ]}
      rows={porMetodo}
      rowKey={({ metodo }) => metodo}
    />
  )
}

function Saldos({ resumen: { saldos, moneda } }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { asuntos } = useTextosCobros()
  const { dinero } = useFormato()
  return (
    <ul className="mt-3 flex flex-col" aria-label={t.porMirar}>
      {saldos.map(({ asunto, pedidos, importe }) => (
        <li
          key={asunto}
          className="hover:bg-hundido relative -mx-2 flex min-h-11 flex-wrap items-center gap-x-4 rounded-lg px-2"
        >
          <Link to="/gestion/cobros" search={{ asunto }} className={`${rowLink} font-medium`}>
            {asuntos[asunto]}
          </Link>
          <span className="text-suave text-sm">{t.cuantosPedidos(pedidos)}</span>
          <span className="cifra ml-auto">{dinero(importe, moneda)}</span>
        </li>
      ))}
    </ul>
  )
}
