import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ordenUsual } from '../../datos/filtros.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { conFiltro, type FiltrosProps } from '../datos/filtros.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type FiltrosProductos, opcionesListaProductos } from './datos.ts'
import { Filtros } from './filtros.tsx'
import { TablaProductos } from './tabla.tsx'
import { useTextosProductos } from './textos.ts'

const ruta = getRouteApi('/gestion/productos')

export function ProductosPage() {
  const t = useTextosProductos()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const filtrar = (search: FiltrosProductos) =>
    void navegar({ search, replace: true, resetScroll: false })
  return (
    <>
      <PageHead
        title={t.titulo}
        actions={
          <>
            <Link to="/gestion/importar" className={buttonClass('secondary')}>
              {t.importar}
            </Link>
            <Link to="/gestion/productos/nuevo" className={buttonClass()}>
              {t.nuevo}
            </Link>
          </>
        }
      />
      <Filtros filtros={filtros} onChange={filtrar} />
      <Lista filtros={filtros} onChange={filtrar} />
    </>
  )
}

function Lista({ filtros, onChange }: FiltrosProps<FiltrosProductos>) {
  const t = useTextosProductos()
  const consulta = useInfiniteQuery(opcionesListaProductos(filtros))
  const filtrado = Object.keys(filtros).some((uno) => uno !== 'orden')
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
      {(productos, viejos) => (
        <TablaProductos
          productos={productos}
          viejos={viejos}
          orden={filtros.orden ?? ordenUsual(filtros.q)}
          onOrden={(orden) => onChange(conFiltro(filtros, 'orden', orden))}
        />
      )}
    </CursorList>
  )
}
