import type { Pedido } from '@encargo/client'
import { useTextos } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { useTextosTrato } from '../textos/trato.ts'

/** Whom the invoice is made out to; nothing for a final consumer. */
export function DatosFactura({ pedido: { facturacion } }: { readonly pedido: Pedido }) {
  const t = useTextosTrato()
  const { identificacion: nombres } = useTextos()
  if (!facturacion) return null
  const { identificacion, razonSocial, direccion, email } = facturacion
  const { tipo, numero, pais } = identificacion
  return (
    <Panel title={t.factura}>
      <p className="font-medium">{razonSocial}</p>
      <p className="break-words tabular-nums">{`${nombres.tipos[tipo]} ${numero} (${pais})`}</p>
      {direccion !== undefined && <p>{direccion}</p>}
      {email !== undefined && <p className="break-all">{email}</p>}
    </Panel>
  )
}
