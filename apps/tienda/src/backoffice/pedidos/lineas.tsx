import type { Pedido } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Panel } from '../../ui/panel.tsx'
import { Totales } from './totales.tsx'

/** What was bought, at which price. */
export function Lineas({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { dinero, tasa } = useFormato()
  const { lineas, moneda } = pedido
  return (
    <Panel title={t.lineas}>
      <ul className="divide-linea divide-y">
        {lineas.map(({ productoId, sku, nombre, ...linea }) => (
          <li key={productoId} className="flex flex-wrap items-baseline gap-x-4 py-3">
            <div className="min-w-0 flex-1 basis-36">
              <Link
                to="/gestion/productos/$id"
                params={{ id: productoId }}
                className="font-medium underline-offset-4 hover:underline"
              >
                {nombre}
              </Link>
              <p className="text-suave text-sm">
                <span>{`${sku} · `}</span>
                <span className="cifra">
                  {`${linea.cantidad} × ${dinero(linea.precioUnitario, moneda)}`}
                </span>
                {linea.tasaImpuesto > 0 && <span>{` · ${tasa(linea.tasaImpuesto)}`}</span>}
                {linea.descuento > 0 && (
                  <span className="cifra">{` · ${dinero(-linea.descuento, moneda)}`}</span>
                )}
              </p>
            </div>
            <p className="cifra ml-auto font-medium">{dinero(linea.subtotal, moneda)}</p>
          </li>
        ))}
      </ul>
      <Totales cuenta={pedido} />
    </Panel>
  )
}
