import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMedidas } from '../../formularios/medidas.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Empty } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { conFiltro } from '../datos/filtros.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import {
  type FiltrosExistencias,
  opcionesListaExistencias,
  ordenDe,
  ordenesExistencias,
} from './datos.ts'
import { TablaExistencias } from './tabla.tsx'
import { textosExistencias } from './textos.ts'

const ruta = getRouteApi('/gestion/existencias')

export function ExistenciasPage() {
  const t = useTextosGestion(textosExistencias)
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
  const t = useTextosGestion(textosExistencias)
  const { numero } = useMedidas()
  const { data } = useQuery(opcionesResumenExistencias())
  if (!data) return <Skeleton className="my-1 h-4 w-56" />
  return t.cuenta(numero(data.productos), numero(data.bajoMinimo), numero(data.agotados))
}

interface FiltrosProps {
  readonly filtros: FiltrosExistencias
  readonly onChange: (filtros: FiltrosExistencias) => void
}

function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosExistencias)
  const { q = '', bajo = '' } = filtros
  const orden = ordenDe(filtros)
  const poner = (clave: keyof FiltrosExistencias, valor: string) =>
    onChange(conFiltro(filtros, clave, valor))
  return (
    <FilterBar filters={filtros} onClear={() => onChange({})}>
      <SearchField
        label={t.buscar}
        placeholder={t.buscarEjemplo}
        value={q}
        onChange={(nueva) => poner('q', nueva)}
      />
      <Select
        label={t.ver}
        value={bajo}
        className="min-w-40 max-sm:flex-1"
        onChange={({ target }) => poner('bajo', target.value)}
      >
        <option value="">{t.todas}</option>
        <option value="true">{t.bajas}</option>
      </Select>
      {orden !== undefined && (
        <Select
          label={t.orden}
          value={orden}
          className="min-w-40 max-sm:flex-1"
          onChange={({ target }) => poner('orden', target.value)}
        >
          {ordenesExistencias
            .filter((uno) => uno !== 'nombre' || bajo !== 'true')
            .map((uno) => (
              <option key={uno} value={uno}>
                {t.ordenes[uno]}
              </option>
            ))}
        </Select>
      )}
    </FilterBar>
  )
}

function Lista({ filtros, onChange }: FiltrosProps) {
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
  const t = useTextosGestion(textosExistencias)
  if (filtros.q !== undefined) return <Empty title={t.vacio} text={t.vacioTexto} />
  if (filtros.bajo === 'true') return <Empty title={t.ningunaBaja} text={t.ningunaBajaTexto} />
  return <Empty title={t.ninguna} text={t.ningunaTexto} />
}
