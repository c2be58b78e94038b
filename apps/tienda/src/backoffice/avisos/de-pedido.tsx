import type { Pedido } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { useFormato } from '../../textos/formato.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type Aviso, opcionesDePedido } from './datos.ts'
import { Reenviar } from './reenviar.tsx'
import { useTextosAvisos } from './textos.ts'

const tonos: Record<Aviso['estado'], Tone> = {
  'por-enviar': 'warning',
  enviado: 'good',
  fallido: 'bad',
  omitido: 'neutral',
}

/** What was written about an order, and what came of it. */
export function AvisosDePedido({ pedido: { id, numero } }: { readonly pedido: Pedido }) {
  const t = useTextosAvisos()
  const { fechaReciente } = useFormato()
  const consulta = useQuery(opcionesDePedido(id))
  return (
    <Panel title={t.dePedido} className="print:hidden">
      <Loaded query={consulta} waiting={<Skeleton className="h-16" />}>
        {(avisos) => (
          <>
            {avisos.length === 0 && <p className="text-suave">{t.ninguno}</p>}
            <ul className="divide-linea divide-y">
              {avisos.map((aviso) => {
                const { tipo, estado, fallo, creadoEn, terminadoEn } = aviso
                return (
                  <li key={aviso.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                    <div className="min-w-0 flex-1 basis-32">
                      <p className="font-medium">{t.tipos[tipo]}</p>
                      <p className="text-suave text-sm">{fechaReciente(terminadoEn ?? creadoEn)}</p>
                      {fallo !== null && estado !== 'enviado' && (
                        <p className="text-suave text-sm">{t.porque(t.motivos[fallo] ?? fallo)}</p>
                      )}
                    </div>
                    <Badge tone={tonos[estado]}>{t.estados[estado]}</Badge>
                    {(estado === 'enviado' || estado === 'fallido') && (
                      <Reenviar aviso={aviso} numero={numero} pedidoId={async () => id} />
                    )}
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  )
}
