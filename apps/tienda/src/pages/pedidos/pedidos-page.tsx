import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Pedido } from '@encargo/client'
import { usePedidosEnVivo } from '../../datos/en-vivo.ts'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import {
  type EstadoPedido,
  estadosPedido,
  opcionesPedidos,
  situacionDe,
} from '../../datos/pedidos.ts'
import { ConSesion, EnCamino } from '../../sesion/con-sesion.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Illustration } from '../../ui/illustration.tsx'
import { Empty, Page, tabClass } from '../../ui/page.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { seDebe } from '../pago/situacion.ts'
import { Estado, EnVivo } from './estado.tsx'

const ruta = getRouteApi('/pedidos')

export function PedidosPage() {
  const t = useTextos()
  const vivo = usePedidosEnVivo()
  return (
    <ConSesion>
      {(yo) => (
        <Page title={t.pedidos.titulo} aside={<EnVivo estado={vivo} />}>
          <Filtro />
          <Lista clienteId={yo.id} />
        </Page>
      )}
    </ConSesion>
  )
}

function Filtro() {
  const t = useTextos()
  const opciones: readonly (EstadoPedido | undefined)[] = [undefined, ...estadosPedido]
  return (
    <nav aria-label={t.pedidos.filtro} className="mb-5 flex flex-wrap gap-1">
      {opciones.map((estado) => (
        <Link
          key={estado ?? 'todos'}
          to="/pedidos"
          search={estado === undefined ? {} : { estado }}
          className={tabClass}
          activeOptions={{ exact: true }}
        >
          {estado === undefined ? t.pedidos.todos : t.pedidos.estado[estado]}
        </Link>
      ))}
    </nav>
  )
}

function Lista({ clienteId }: { readonly clienteId: string }) {
  const t = useTextos()
  const { estado } = ruta.useSearch()
  const consulta = useInfiniteQuery({ ...opcionesPedidos(clienteId, estado), ...insistente })
  const vacio = (
    <Empty
      title={t.pedidos.vacio}
      text={t.pedidos.vacioTexto}
      picture={<Illustration family="pedidos" seed="ninguno" />}
    >
      <Link to="/" className={buttonClass('secondary')}>
        {t.cesta.irAlCatalogo}
      </Link>
    </Empty>
  )
  return (
    <PagedList
      query={consulta}
      error={motivoDe(consulta)}
      waiting={<EnCamino />}
      empty={vacio}
      more={t.pedidos.masAntiguos}
    >
      {(pedidos) => (
        <ul className="flex flex-col gap-3">
          {pedidos.map((pedido) => (
            <Fila key={pedido.id} pedido={pedido} />
          ))}
        </ul>
      )}
    </PagedList>
  )
}

function Fila({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextos()
  const { dinero, fecha } = useFormato()
  const unidades = pedido.lineas.reduce((suma, { cantidad }) => suma + cantidad, 0)
  return (
    <li className="carta hover:shadow-(--shadow-carta) relative flex flex-wrap items-center gap-x-6 gap-y-2 p-5 transition-shadow">
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="font-semibold">
          <Link
            to="/pedidos/$id"
            params={{ id: pedido.id }}
            className="after:absolute after:inset-0 after:rounded-2xl"
          >
            {t.pedidos.numero(pedido.numero)}
          </Link>
        </h2>
        <p className="text-suave truncate text-sm">
          {pedido.lineas.map(({ nombre }) => nombre).join(', ')}
        </p>
      </div>
      <p className="text-suave text-sm">
        {`${fecha(pedido.creadoEn)} · ${t.pedidos.unidades(unidades)}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Estado estado={situacionDe(pedido)} />
        {pedido.pago.metodo !== null && seDebe(pedido) && (
          <Badge tone="warning">{t.pedidos.faltaPagar}</Badge>
        )}
      </div>
      <p className="ml-auto min-w-24 text-right text-lg font-semibold cifra">
        {dinero(pedido.total, pedido.moneda)}
      </p>
    </li>
  )
}
