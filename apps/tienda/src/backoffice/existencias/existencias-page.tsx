import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { buttonClass } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Empty } from '../../ui/page.tsx'
import { conFiltro } from '../datos/filtros.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type FiltrosExistencias, opcionesListaExistencias } from './datos.ts'
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
      <Lista filtros={filtros} />
    </>
  )
}

interface FiltrosProps {
  readonly filtros: FiltrosExistencias
  readonly onChange: (filtros: FiltrosExistencias) => void
}

function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosExistencias)
  const { q = '', bajo = '' } = filtros
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
    </FilterBar>
  )
}

function Lista({ filtros }: { readonly filtros: FiltrosExistencias }) {
  const t = useTextosGestion(textosExistencias)
  const consulta = useInfiniteQuery(opcionesListaExistencias(filtros))
  return (
    <CursorList query={consulta} empty={<Nada filtros={filtros} />}>
      {(filas, viejas) => <TablaExistencias caption={t.tabla} filas={filas} viejas={viejas} />}
    </CursorList>
  )
}

function Nada({ filtros }: { readonly filtros: FiltrosExistencias }) {
  const t = useTextosGestion(textosExistencias)
  if (filtros.q !== undefined) return <Empty title={t.vacio} text={t.vacioTexto} />
  if (filtros.bajo === 'true') return <Empty title={t.ningunaBaja} text={t.ningunaBajaTexto} />
  return <Empty title={t.ninguna} text={t.ningunaTexto} />
}
