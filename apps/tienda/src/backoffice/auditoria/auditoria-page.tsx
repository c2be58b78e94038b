import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { cliente, pedir } from '../../api.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import { useFormato } from '../../textos/formato.ts'
import { Empty } from '../../ui/page.tsx'
import { usePersonas } from '../datos/nombres.ts'
import { useTextosAuditoria } from '../textos/auditoria.ts'
import { controlDe } from '../datos/filtros.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FilterBar, FilterSelect } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'

const ruta = getRouteApi('/gestion/auditoria')

interface FiltrosAuditoria {
  readonly accion?: string
  readonly actorId?: string
  readonly sujetoId?: string
}

const pedirPagina = (filtros: FiltrosAuditoria & Cursor, opciones: Opciones) =>
  pedir(cliente().auth.auditoria.get({ query: { limite: 50, ...filtros }, ...opciones }))
type Apunte = Awaited<ReturnType<typeof pedirPagina>>['datos'][number]

const opcionesAuditoria = (filtros: FiltrosAuditoria) =>
  enPaginas(
    ['auditoria', filtros],
    (cursor, opciones) => pedirPagina({ ...filtros, ...cursor }, opciones),
    buscada,
  )

/** Who did what with the accounts. */
export function AuditoriaPage() {
  const t = useTextosAuditoria()
  const filtros = ruta.useSearch()
  const consulta = useInfiniteQuery(opcionesAuditoria(filtros))
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      <Filtros filtros={filtros} />
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
  return (
    <FilterBar filters={filtros} onClear={() => filtrar({})}>
      <FilterSelect
        label={t.accion}
        className="w-64"
        {...controlDe(filtros, filtrar)('accion')}
        options={[['', t.todas], ...Object.entries(t.acciones)]}
      />
      {actorId !== undefined && <p className="py-2.5">{t.soloDe(nombreDe(actorId))}</p>}
      {sujetoId !== undefined && <p className="py-2.5">{t.soloSobre(nombreDe(sujetoId))}</p>}
    </FilterBar>
  )
}

interface TablaProps {
  readonly apuntes: readonly Apunte[]
  readonly viejos: boolean
}

function Tabla({ apuntes, viejos }: TablaProps) {
  const t = useTextosAuditoria()
  const { fechaYHora } = useFormato()
  const personas = usePersonas(
    apuntes.flatMap(({ actorId, sujetoId }) => [actorId ?? '', sujetoId ?? '']),
  )
  const acciones: Readonly<Record<string, string>> = t.acciones
  const persona = (id: string | null): ReactNode => {
    if (id === null) return t.nadie
    const hallada = personas.get(id)
    if (!hallada) return <code className="text-sm break-all">{id.slice(0, 13)}</code>
    return (
      <Link
        to="/gestion/usuarios/$id"
        params={{ id }}
        className="underline-offset-4 hover:underline"
      >
        {hallada.nombre ?? id.slice(0, 8)}
      </Link>
    )
  }
  const columnas: readonly Column<Apunte>[] = [
    {
      head: t.accion,
      main: true,
      cell: ({ accion }) => acciones[accion] ?? accion,
    },
    {
      head: t.cuando,
      cell: ({ en }) => (
        <time dateTime={en} className="@4xl:whitespace-nowrap">
          {fechaYHora(en)}
        </time>
      ),
    },
    { head: t.actor, cell: ({ actorId }) => persona(actorId) },
    { head: t.sujeto, cell: ({ sujetoId }) => persona(sujetoId) },
    {
      head: t.red,
      cell: ({ red }) => <code className="text-sm">{red ?? t.nadie}</code>,
    },
    { head: t.detalle, cell: ({ detalle }) => detalle ?? t.nadie },
  ]
  return (
    <DataTable
      caption={t.tabla}
      columns={columnas}
      rows={apuntes}
      rowKey={({ numero }) => String(numero)}
      stale={viejos}
    />
  )
}
