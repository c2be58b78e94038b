import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Empty } from '../../ui/page.tsx'
import { controlDe, type FiltrosProps } from '../datos/filtros.ts'
import { type FiltrosUsuarios, opcionesUsuarios, roles, type Usuario } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { FilterBar, FilterSelect, SearchField } from '../ui/filter-bar.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Altas } from './altas.tsx'
import { InsigniaActivo, InsigniaCuenta, InsigniaRol } from './insignias.tsx'

const ruta = getRouteApi('/gestion/usuarios')

/** Everybody with an account, the newest first. */
export function UsuariosPage() {
  const t = useTextosUsuarios()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const consulta = useInfiniteQuery(opcionesUsuarios(filtros))
  return (
    <>
      <PageHead title={t.titulo} actions={<Altas />} />
      <Filtros
        filtros={filtros}
        onChange={(search) => void navegar({ search, replace: true, resetScroll: false })}
      />
      <CursorList query={consulta} empty={<Empty title={t.vacio} text={t.vacioTexto} />}>
        {(usuarios, viejos) => <Tabla usuarios={usuarios} viejos={viejos} />}
      </CursorList>
    </>
  )
}

function Filtros({ filtros, onChange }: FiltrosProps<FiltrosUsuarios>) {
  const t = useTextosUsuarios()
  const control = controlDe(filtros, onChange)
  return (
    <FilterBar
      main={<SearchField label={t.buscar} placeholder={t.buscarEjemplo} {...control('q')} />}
      filters={filtros}
      onClear={() => onChange({})}
    >
      <SearchField label={t.cedula} className="sm:max-w-44 sm:basis-36" {...control('cedula')} />
      <FilterSelect
        label={t.rol}
        className="min-w-32 sm:w-40 max-sm:flex-1"
        {...control('rol')}
        options={[['', t.todos], ...roles.map((rol) => [rol, t.roles[rol]] as const)]}
      />
      <FilterSelect
        label={t.estado}
        className="min-w-32 sm:w-36 max-sm:flex-1"
        {...control('activo')}
        options={[
          ['', t.todos],
          ['true', t.activas],
          ['false', t.inactivas],
        ]}
      />
    </FilterBar>
  )
}

interface TablaProps {
  readonly usuarios: readonly Usuario[]
  readonly viejos: boolean
}

function Tabla({ usuarios, viejos }: TablaProps) {
  const t = useTextosUsuarios()
  const { fecha } = useFormato()
  const columnas: readonly Column<Usuario>[] = [
    {
      head: t.nombre,
      main: true,
      cell: ({ id, nombre }) => (
        <Link to="/gestion/usuarios/$id" params={{ id }} className={rowLink}>
          {nombre ?? <span className="text-suave italic">{t.eliminada}</span>}
        </Link>
      ),
    },
    {
      head: t.correo,
      cell: ({ email }) => <span className="break-all">{email ?? '—'}</span>,
    },
    {
      head: t.rol,
      cell: (usuario) => (
        <span className="flex flex-wrap gap-1">
          <InsigniaRol rol={usuario.rol} />
          <InsigniaCuenta usuario={usuario} />
        </span>
      ),
    },
    { head: t.estado, cell: ({ activo }) => <InsigniaActivo activo={activo} /> },
    { head: t.alta, cell: ({ creadoEn }) => fecha(creadoEn) },
  ]
  return (
    <DataTable
      caption={t.titulo}
      columns={columnas}
      rows={usuarios}
      rowKey={({ id }) => id}
      stale={viejos}
    />
  )
}
