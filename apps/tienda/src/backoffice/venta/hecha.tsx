import type { Pedido } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { useTextosVenta } from '../textos/venta.ts'
import { Vuelto } from './efectivo.tsx'

export interface VentaHecha {
  readonly pedido: Pedido
  /** Cash that was handed over, if it was said; in minor units. */
  readonly recibido: number | undefined
}

interface HechaProps {
  readonly hecha: VentaHecha
  readonly alSeguir: () => void
}

/** What became of the last sale: what to give back, its receipt, and the way to mend it. */
export function Hecha({ hecha: { pedido, recibido }, alSeguir }: HechaProps) {
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const { id, numero, total, moneda, estado } = pedido
  const vendida = estado === 'Completado'
  return (
    <section
      aria-label={t.ultima}
      className={`carta mb-5 flex flex-wrap items-center gap-x-6 gap-y-3 border-l-4 p-4 ${
        vendida ? 'border-l-bien' : 'border-l-ojo'
      }`}
    >
      <p role="status" className="min-w-0 flex-1 basis-60 text-lg font-semibold">
        {vendida ? t.vendido(numero, dinero(total, moneda)) : t.pendiente(numero)}
      </p>
      {recibido !== undefined && (
        <div className="basis-48">
          <Vuelto {...{ recibido, total, moneda }} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to="/gestion/pedidos/$id/imprimir/$documento"
          params={{ id, documento: 'recibo' }}
          search={recibido === undefined ? {} : { recibido: String(recibido) }}
          target="_blank"
          className={buttonClass('quiet')}
        >
          {t.recibo}
        </Link>
        <Link
          to="/gestion/pedidos/$id"
          params={{ id }}
          className={buttonClass('quiet')}
          title={t.verTexto}
        >
          {t.ver}
        </Link>
        <Button look="secondary" onClick={alSeguir}>
          {t.siguiente}
        </Button>
      </div>
    </section>
  )
}
