import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesUsuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Panel } from '../../ui/panel.tsx'
import { Persona } from './persona.tsx'

const enlace =
  'text-acento inline-flex min-h-9 items-center font-medium underline-offset-4 hover:underline'

/** Whose order it is, and how to reach them. */
export function Cliente({ id }: { readonly id: string }) {
  const t = useTextosPedidos()
  const consulta = useQuery(opcionesUsuario(id))
  return (
    <Panel title={t.cliente}>
      <Loaded query={consulta} waiting={<Skeleton className="h-16" />}>
        {(data) => (
          <address className="not-italic">
            <p className="font-medium">
              <Persona id={id} usuario={data} />
            </p>
            {data.email !== null && (
              <p>
                <a href={`mailto:${data.email}`} className={`${enlace} break-all`}>
                  {data.email}
                </a>
              </p>
            )}
            {data.telefono !== null && (
              <p>
                <a href={`tel:${data.telefono.replaceAll(/[^+\d]/g, '')}`} className={enlace}>
                  {data.telefono}
                </a>
              </p>
            )}
          </address>
        )}
      </Loaded>
      <p className="mt-2 flex flex-wrap gap-x-4 print:hidden">
        <Link to="/gestion/usuarios/$id" params={{ id }} className={enlace}>
          {t.verCliente}
        </Link>
        <Link to="/gestion/pedidos" search={{ clienteId: id }} className={enlace}>
          {t.verPedidosCliente}
        </Link>
      </p>
    </Panel>
  )
}
