import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useZona } from '../../cara/zona.ts'
import { useFormato } from '../../textos/formato.ts'
import { usePersonas } from '../datos/nombres.ts'
import { opcionesTablero } from '../datos/pedidos.ts'
import { Persona } from '../pedidos/persona.tsx'
import { useTextosPanel } from '../textos/panel.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { rowLink } from '../ui/data-table.tsx'
import { Panel, panelLink } from '../../ui/panel.tsx'

const mostrados = 6

/** The newest orders that wait for somebody. */
export function Pendientes() {
  const t = useTextosPanel()
  const consulta = useInfiniteQuery(opcionesTablero({ estado: 'Pendiente' }, useZona()))
  const pedidos = (consulta.data?.pages[0]?.datos ?? []).slice(0, mostrados)
  const personas = usePersonas(pedidos.map(({ clienteId }) => clienteId))
  return (
    <Panel
      title={t.ultimosPendientes}
      aside={
        <Link to="/gestion/pedidos" search={{ estado: 'Pendiente' }} className={panelLink}>
          {t.verTodos}
        </Link>
      }
    >
      <CursorList
        part
        query={{ ...consulta, hasNextPage: false }}
        empty={<p className="text-suave">{t.sinPendientes}</p>}
      >
        {() => (
          <ul className="divide-linea divide-y">
            {pedidos.map((pedido) => (
              <Pendiente key={pedido.id} pedido={pedido}>
                <Persona id={pedido.clienteId} usuario={personas.get(pedido.clienteId)} />
              </Pendiente>
            ))}
          </ul>
        )}
      </CursorList>
    </Panel>
  )
}

interface PendienteProps {
  readonly pedido: {
    readonly id: string
    readonly numero: number
    readonly creadoEn: string
    readonly total: number
    readonly moneda: string
  }
  readonly children: React.ReactNode
}

function Pendiente({ pedido, children }: PendienteProps) {
  const t = useTextosPedidos()
  const { dinero, fechaYHora } = useFormato()
  return (
    <li className="hover:bg-hundido relative -mx-2 flex flex-wrap items-center justify-between gap-x-4 px-2 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <Link
          to="/gestion/pedidos/$id"
          params={{ id: pedido.id }}
          className={`${rowLink} font-medium`}
        >
          {t.pedido(pedido.numero)}
        </Link>{' '}
        <span className="text-suave">·</span> {children}
        <p className="text-suave text-sm">{fechaYHora(pedido.creadoEn)}</p>
      </div>
      <p className="cifra ml-auto font-medium">{dinero(pedido.total, pedido.moneda)}</p>
    </li>
  )
}
