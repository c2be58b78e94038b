import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { controlDe } from '../datos/filtros.ts'
import { usePersonas } from '../datos/nombres.ts'
import { useTextosAuditoria } from '../textos/auditoria.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { FilterBar, FilterSelect } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type FiltrosAuditoria, opcionesAuditoria, servicios } from './datos.ts'
import { Tabla } from './tabla.tsx'

const ruta = getRouteApi('/gestion/auditoria')

/** Who did what, whichever service noted it. */
export function AuditoriaPage() {
  const t = useTextosAuditoria()
  const filtros = ruta.useSearch()
  const { accion } = filtros
  const de = servicios.filter((uno) => accion === undefined || accion in t.acciones[uno])
  const consulta = useInfiniteQuery(opcionesAuditoria(filtros, de))
  const ausentes = new Set(consulta.data?.pages.flatMap((pagina) => pagina.ausentes))
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      <Filtros filtros={filtros} />
      {ausentes.size > 0 && (
        <Notice tone="warning">
          <p>{t.faltan([...ausentes].map((uno) => t.servicios[uno]).join(', '))}</p>
          <Button look="secondary" onClick={() => void consulta.refetch()}>
            {t.otraVez}
          </Button>
        </Notice>
      )}
      <CursorList query={consulta} empty={<Empty title={t.vacio} text={t.vacioTexto} />}>
        {(apuntes, viejos) => <Tabla apuntes={apuntes} viejos={viejos} />}
      </CursorList>
    </>
  )
}

function Filtros({ filtros }: { readonly filtros: FiltrosAuditoria }) {
  const t = useTextosAuditoria()
  const navegar = ruta.useNavigate()
  const { actorId, sujetoId } = filtros
  const personas = usePersonas([actorId ?? '', sujetoId ?? ''])
  const nombreDe = (id: string) => personas.get(id)?.nombre ?? id
  const filtrar = (search: FiltrosAuditoria) => void navegar({ search, replace: true })
  const acciones = servicios.flatMap((uno) => Object.entries(t.acciones[uno]))
  return (
    <FilterBar filters={filtros} onClear={() => filtrar({})}>
      <FilterSelect
        label={t.accion}
        className="w-64"
        {...controlDe(filtros, filtrar)('accion')}
        options={[['', t.todas], ...acciones]}
      />
      {actorId !== undefined && <p className="py-2.5">{t.soloDe(nombreDe(actorId))}</p>}
      {sujetoId !== undefined && <p className="py-2.5">{t.soloSobre(nombreDe(sujetoId))}</p>}
    </FilterBar>
  )
}
