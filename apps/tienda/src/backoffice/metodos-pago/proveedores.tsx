import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { copiar } from '../ui/copiar.ts'
import type { Proveedor } from './datos.ts'
import { useTextosMetodosPago } from './textos.ts'

/** What the server needs to have an account with each. */
const variables = {
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  mercadopago: ['MERCADOPAGO_ACCESS_TOKEN', 'MERCADOPAGO_WEBHOOK_SECRET'],
  externo: ['PROVEEDOR_EXTERNO_URL', 'PROVEEDOR_EXTERNO_SECRET'],
} as const

/** Where a provider sends its notices, as the internet has to reach it. */
export const direccionDeAvisos = (origen: string, id: string) => `${origen}/api/pagos/avisos/${id}`

/** Who takes the money on this server, and what is missing where nobody does. */
export function Proveedores({ proveedores }: { readonly proveedores: readonly Proveedor[] }) {
  const t = useTextosMetodosPago()
  return (
    <Panel title={t.proveedores} className="mt-5">
      <p className="text-suave -mt-2 text-sm">{t.proveedoresPista}</p>
      <ul className="divide-linea divide-y">
        {proveedores.map(({ id, disponible }) =>
          id === 'manual' ? null : (
            <li key={id} className="flex flex-col gap-2 py-4">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <h3 className="font-medium">{t.deProveedor[id]}</h3>
                <Badge tone={disponible ? 'good' : 'neutral'}>
                  {disponible ? t.configurado : t.sinConfigurar}
                </Badge>
              </div>
              {disponible ? (
                <Direccion id={id} nombre={t.deProveedor[id]} />
              ) : (
                <div className="text-suave text-sm">
                  <p>{t.faltaEn}</p>
                  <p className="mt-1 flex flex-wrap gap-x-3">
                    {variables[id].map((una) => (
                      <code key={una} className="break-all">
                        {una}
                      </code>
                    ))}
                  </p>
                </div>
              )}
            </li>
          ),
        )}
      </ul>
    </Panel>
  )
}

function Direccion({ id, nombre }: { readonly id: string; readonly nombre: string }) {
  const t = useTextosMetodosPago()
  const direccion = direccionDeAvisos(location.origin, id)
  return (
    <div className="text-sm">
      <p className="text-suave">{t.avisosA}</p>
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <code className="min-w-0 break-all">{direccion}</code>
        <Button
          look="secondary"
          size="small"
          aria-label={t.copiar(nombre)}
          onClick={() =>
            copiar(direccion) ? toast(t.copiado) : toast(t.sinCopiar, { tone: 'bad' })
          }
        >
          {t.enCopiar}
        </Button>
      </div>
    </div>
  )
}
