import type { Pedido } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Panel } from '../../ui/panel.tsx'

/** What was bought, at which price. */
export function Lineas({ pedido: { lineas, moneda, total } }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { dinero } = useFormato()
  return (
    <Panel title={t.lineas}>
      <ul className="divide-linea divide-y">
        {lineas.map(({ productoId, sku, nombre, cantidad, precioUnitario, subtotal }) => (
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
                <span className="cifra">{`${cantidad} × ${dinero(precioUnitario, moneda)}`}</span>
              </p>
            </div>
            <p className="cifra ml-auto font-medium">{dinero(subtotal, moneda)}</p>
          </li>
        ))}
      </ul>
      <p className="border-linea flex items-baseline justify-between border-t pt-3 text-lg font-semibold">
        <span>{t.total}</span>
        <span className="cifra">{dinero(total, moneda)}</span>
      </p>
    </Panel>
  )
}
