import { useFormato } from '../../textos/formato.ts'
import { Notice } from '../../ui/badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Existencia } from './datos.ts'
import { PedidosDe } from './pedidos-de.tsx'
import { useTextosExistencias } from './textos.ts'

/** Whom a product is promised to; and when a count did not find all of it, whom it shall not go to. */
export function Reservas({ existencia }: { readonly existencia: Existencia }) {
  const { reservas: t } = useTextosExistencias()
  const { numero } = useFormato()
  const { productoId, faltan } = existencia
  return (
    <Panel title={t.titulo}>
      {faltan > 0 && (
        <div className="mb-3">
          <Notice tone="bad" title={t.faltan(numero(faltan))}>
            <p>{t.faltanTexto}</p>
          </Notice>
        </div>
      )}
      <PedidosDe productoId={productoId} elegibles={faltan > 0} />
    </Panel>
  )
}
