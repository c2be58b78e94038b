import type { Pedido } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from '../../ui/badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesUsuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { useTextosTrato } from '../textos/trato.ts'
import { esDePaso } from './de-paso.ts'
import { Persona } from './persona.tsx'

const enlace =
  'text-acento inline-flex min-h-9 items-center font-medium underline-offset-4 hover:underline'

/** Whose order it is, and how to reach them: as they said it with the order, else as their account has it. */
export function Cliente({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const trato = useTextosTrato()
  const { clienteId, contacto } = pedido
  const dePaso = esDePaso(clienteId)
  const consulta = useQuery({ ...opcionesUsuario(clienteId), enabled: !dePaso })
  const { data } = consulta
  const alcance = contacto ?? data
  return (
    <Panel
      title={t.cliente}
      aside={
        <span className="flex flex-wrap gap-2">
          {data?.invitado && <Badge tone="neutral">{trato.invitado}</Badge>}
          {pedido.canal === 'mostrador' && <Badge tone="neutral">{trato.canales.mostrador}</Badge>}
        </span>
      }
    >
      <address className="not-italic">
        <p className="font-medium">
          {contacto?.nombre ?? <Persona id={clienteId} usuario={data} />}
        </p>
        {!alcance && !dePaso && consulta.isPending && <Skeleton className="h-9" />}
        {alcance?.email && (
          <p>
            <a href={`mailto:${alcance.email}`} className={`${enlace} break-all`}>
              {alcance.email}
            </a>
          </p>
        )}
        {alcance?.telefono && (
          <p>
            <a href={`tel:${alcance.telefono.replaceAll(/[^+\d]/g, '')}`} className={enlace}>
              {alcance.telefono}
            </a>
          </p>
        )}
        {contacto && data?.nombre && data.nombre !== contacto.nombre && (
          <p className="text-suave text-sm">{trato.cuentaDe(data.nombre)}</p>
        )}
      </address>
      {!dePaso && (
        <p className="mt-2 flex flex-wrap gap-x-4 print:hidden">
          <Link to="/gestion/usuarios/$id" params={{ id: clienteId }} className={enlace}>
            {t.verCliente}
          </Link>
          <Link to="/gestion/pedidos" search={{ clienteId }} className={enlace}>
            {t.verPedidosCliente}
          </Link>
        </p>
      )}
    </Panel>
  )
}
