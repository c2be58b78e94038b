import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { conFiltro, controlDe, type FiltrosProps } from '../datos/filtros.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { FilterBar, FilterSelect, SearchField } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import {
  type FiltrosExistencias,
  opcionesListaExistencias,
  ordenDe,
  ordenesExistencias,
} from './datos.ts'
import { TablaExistencias } from './tabla.tsx'
import { useTextosExistencias } from './textos.ts'

const ruta = getRouteApi('/gestion/existencias')

export function ExistenciasPage() {
  const t = useTextosExistencias()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const filtrar = (search: FiltrosExistencias) =>
    void navegar({ search, replace: true, resetScroll: false })
  return (
    <>
      <PageHead
        title={t.titulo}
        lead={<Cuenta />}
        actions={
          <Link
            to="/gestion/importar"
            search={{ de: 'existencias' }}
            className={buttonClass('secondary')}
          >
            {t.importar}
          </Link>
        }
      />
      <Filtros filtros={filtros} onChange={filtrar} />
      <Lista filtros={filtros} onChange={filtrar} />
    </>
  )
}

/** Of all there is, whatever the list shows of it. */
function Cuenta() {
  const t = useTextosExistencias()
  const { numero } = useFormato()
  const { data } = useQuery(opcionesResumenExistencias())
  if (!data) return <Skeleton className="my-1 h-4 w-56" />
  return t.cuenta(numero(data.productos), numero(data.bajoMinimo), numero(data.agotados))
}

type Props = FiltrosProps<FiltrosExistencias>

function Filtros({ filtros, onChange }: Props) {
  const t = useTextosExistencias()
  const orden = ordenDe(filtros)
  const posibles = ordenesExistencias.filter((uno) => uno !== 'nombre' || filtros.bajo !== 'true')
  const control = controlDe(filtros, onChange)
  return (
    <FilterBar filters={filtros} onClear={() => onChange({})}>
      <SearchField label={t.buscar} placeholder={t.buscarEjemplo} {...control('q')} />
      <FilterSelect
        label={t.ver}
        className="min-w-40 max-sm:flex-1"
        {...control('bajo')}
        options={[
          ['', t.todas],
          ['true', t.bajas],
        ]}
      />
      {orden !== undefined && (
        <FilterSelect
          label={t.orden}
          className="min-w-40 max-sm:flex-1"
          {...control('orden')}
          value={orden}
          options={posibles.map((uno) => [uno, t.ordenes[uno]])}
        />
      )}
    </FilterBar>
  )
}

function Lista({ filtros, onChange }: Props) {
  const consulta = useInfiniteQuery(opcionesListaExistencias(filtros))
  return (
    <CursorList query={consulta} empty={<Nada filtros={filtros} />}>
      {(filas, viejas) => (
        <TablaExistencias
          filas={filas}
          viejas={viejas}
          orden={ordenDe(filtros)}
          bajas={filtros.bajo === 'true'}
          onOrden={(orden) => onChange(conFiltro(filtros, 'orden', orden))}
        />
      )}
    </CursorList>
  )
}

function Nada({ filtros }: { readonly filtros: FiltrosExistencias }) {
  const t = useTextosExistencias()
  if (filtros.q !== undefined) return <Empty title={t.vacio} text={t.vacioTexto} />
  if (filtros.bajo === 'true') return <Empty title={t.ningunaBaja} text={t.ningunaBajaTexto} />
  return <Empty title={t.ninguna} text={t.ningunaTexto} />
}
