import type { Pedido } from '@encargo/client'
import type { ReactNode } from 'react'
import { situacionDe } from '../../datos/pedidos.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Estado } from './estado.tsx'

interface ComoVaProps {
  readonly pedido: Pick<Pedido, 'apartado' | 'expiraEn' | 'motivo' | 'pago'> &
    Parameters<typeof situacionDe>[0]
  /** What can be done about it. */
  readonly children: ReactNode
}

/** What has become of an order, and until when it waits. */
export function ComoVa({ pedido, children }: ComoVaProps) {
  const t = useTextos()
  const { fechaYHora } = useFormato()
  const { apartado, expiraEn, motivo, pago } = pedido
  const estado = situacionDe(pedido)
  // Once it is paid nothing ends by itself, though that takes a moment to be written.
  const pagado = pago.cobrado > 0 && pago.saldo <= 0
  const hasta = pago.metodo === null ? t.pedidos.hasta : t.pedidos.hastaPagar
  return (
    <div className="carta flex flex-wrap items-center justify-between gap-4 p-5">
      <div className="flex flex-col gap-1.5">
        <Estado estado={estado} />
        <p>{apartado === 'vencido' ? t.pedidos.sinReserva : t.pedidos.explicaEstado[estado]}</p>
        {estado === 'Pendiente' && expiraEn !== null && !pagado && (
          <p className="text-suave text-sm">{hasta(fechaYHora(expiraEn))}</p>
        )}
        {motivo !== null && <p className="text-suave text-sm">{t.pedidos.motivo(motivo)}</p>}
      </div>
      {children}
    </div>
  )
}
