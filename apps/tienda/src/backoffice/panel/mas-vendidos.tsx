import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { rowLink } from '../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'

/** What sold most, the most first. */
export function MasVendidos({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero } = useFormato()
  const { masVendidos, moneda } = resumen
  const mayor = masVendidos[0]?.unidades ?? 1
  return (
    <Panel title={t.masVendidos}>
      {masVendidos.length === 0 && <p className="text-suave">{t.sinVentas}</p>}
      <ol className="flex flex-col">
        {masVendidos.map(({ productoId, sku, nombre, unidades, ingresos }) => (
          <li
            key={productoId}
            className="hover:bg-hundido relative -mx-2 flex flex-wrap items-center gap-x-4 rounded-lg px-2 py-2"
          >
            <div className="min-w-0 flex-1 basis-40">
              <Link
                to="/gestion/productos/$id"
                params={{ id: productoId }}
                className={`${rowLink} block truncate font-medium`}
              >
                {nombre}
              </Link>
              <p className="text-suave truncate text-sm">{sku}</p>
              <span aria-hidden="true" className="bg-hundido mt-1 block h-1.5 rounded-full">
                <span
                  className="bg-acento block h-full rounded-full"
                  style={{ width: `${(unidades / mayor) * 100}%` }}
                />
              </span>
            </div>
            <p className="cifra ml-auto text-right">
              <span className="block font-medium">{t.unidades(unidades)}</span>
              <span className="text-suave text-sm">{dinero(ingresos, moneda)}</span>
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
