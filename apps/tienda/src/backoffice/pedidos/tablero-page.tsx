import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Pedido } from '@encargo/client'
import { useZona } from '../../cara/zona.ts'
import { situacionDe } from '../../datos/pedidos.ts'
import { EnVivo } from '../../pages/pedidos/estado.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { type FiltrosPedidos, opcionesTablero } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useEleccion } from './eleccion.ts'
import { type TableroEnVivo, useTableroEnVivo } from './en-vivo.ts'
import { Filtros } from './filtros.tsx'
import { TablaPedidos } from './tabla.tsx'
import { Varios } from './varios.tsx'

const ruta = getRouteApi('/gestion/pedidos')

/** All orders, as they are right now. */
export function TableroPage() {
  const t = useTextosPedidos()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const vivo = useTableroEnVivo()
  const filtrar = (search: FiltrosPedidos) =>
    void navegar({ search, replace: true, resetScroll: false })
  return (
    <>
      <PageHead
        title={t.titulo}
        actions={
          <>
            <EnVivo estado={vivo.estado} />
            <Link to="/gestion/pedidos/venta" className={buttonClass()}>
              {t.vender}
            </Link>
          </>
        }
      />
      <Filtros filtros={filtros} onChange={filtrar} />
      <Lista filtros={filtros} vivo={vivo} />
      <Anuncio vivo={vivo} />
    </>
  )
}

function Lista({
  filtros,
  vivo,
}: {
  readonly filtros: FiltrosPedidos
  readonly vivo: TableroEnVivo
}) {
  const t = useTextosPedidos()
  const consulta = useInfiniteQuery(opcionesTablero(filtros, useZona()))
  const filtrado = Object.keys(filtros).length > 0
  return (
    <CursorList
      query={consulta}
      empty={
        <Empty
          title={filtrado ? t.vacio : t.ninguno}
          text={filtrado ? t.vacioTexto : t.ningunoTexto}
        />
      }
    >
      {(pedidos, viejos) => <Filas {...{ pedidos, viejos, vivo }} />}
    </CursorList>
  )
}

interface FilasProps {
  readonly pedidos: readonly Pedido[]
  readonly viejos: boolean
  readonly vivo: TableroEnVivo
}

/** The orders, and what can be done with several of those that wait. */
function Filas({ pedidos, viejos, vivo }: FilasProps) {
  const eleccion = useEleccion(pedidos.filter(({ estado }) => estado === 'Pendiente'))
  return (
    <>
      <TablaPedidos recientes={vivo.recientes} {...{ pedidos, viejos, eleccion }} />
      <Varios
        pedidos={eleccion.elegidos}
        acciones={['completar', 'cancelar']}
        onChange={eleccion.dejar}
      />
    </>
  )
}

/** For those who don't see a row light up. */
function Anuncio({ vivo: { ultimo } }: { readonly vivo: TableroEnVivo }) {
  const t = useTextosPedidos()
  const { pedidos } = useTextos()
  return (
    <p role="status" className="sr-only">
      {ultimo &&
        t.cambio(ultimo.numero, pedidos.estado[situacionDe({ ...ultimo, historial: [ultimo] })])}
    </p>
  )
}
