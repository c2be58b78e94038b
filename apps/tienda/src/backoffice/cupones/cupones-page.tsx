import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { controlDe } from '../datos/filtros.ts'
import { nuevo } from '../envios/nuevo.ts'
import { useEsAdmin } from '../personal.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { opcionesCupones } from './datos.ts'
import { TablaCupones } from './tabla.tsx'
import { useTextosCupones } from './textos.ts'

const ruta = getRouteApi('/gestion/cupones')

/** What takes something off an order, and how often it did. */
export function CuponesPage() {
  const t = useTextosCupones()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const esAdmin = useEsAdmin()
  const consulta = useInfiniteQuery(opcionesCupones(filtros.q))
  const filtrar = (search: { readonly q?: string }) =>
    void navegar({ search, replace: true, resetScroll: false })
  const buscado = filtros.q !== undefined
  return (
    <>
      <PageHead
        title={t.titulo}
        lead={t.explica}
        actions={
          esAdmin && (
            <Link
              to="/gestion/cupones/$codigo"
              params={{ codigo: nuevo }}
              className={buttonClass()}
            >
              {t.nuevo}
            </Link>
          )
        }
      />
      <FilterBar filters={filtros} onClear={() => filtrar({})}>
        <SearchField
          label={t.buscar}
          placeholder={t.buscarEjemplo}
          {...controlDe(filtros, filtrar)('q')}
        />
      </FilterBar>
      <CursorList
        query={consulta}
        empty={
          <Empty
            title={buscado ? t.ninguno : t.vacio}
            text={buscado ? t.ningunoTexto : t.vacioTexto}
          />
        }
      >
        {(cupones, viejos) => <TablaCupones {...{ cupones, viejos }} conCambios={esAdmin} />}
      </CursorList>
    </>
  )
}
