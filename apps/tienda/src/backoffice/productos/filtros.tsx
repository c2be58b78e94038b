import { useQuery } from '@tanstack/react-query'
import { opcionesCategorias } from '../../datos/productos.ts'
import { Select } from '../../ui/field.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosMarco } from '../textos/marco.ts'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import { type FiltrosProductos, ordenes } from './datos.ts'
import { textosProductos } from './textos.ts'

interface FiltrosProps {
  readonly filtros: FiltrosProductos
  readonly onChange: (filtros: FiltrosProductos) => void
}

/** Without what says nothing. */
function limpios(filtros: { readonly [K in keyof FiltrosProductos]: string }): FiltrosProductos {
  return Object.fromEntries(Object.entries(filtros).filter(([, valor]) => valor !== ''))
}

export function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosProductos)
  const marco = useTextosGestion(textosMarco)
  const categorias = useQuery(opcionesCategorias()).data ?? []
  const { q = '', categoria = '', archivados = '', orden = '' } = filtros
  const cambiar = (cambio: FiltrosProductos) => onChange(limpios({ ...filtros, ...cambio }))
  const conocida = categoria === '' || categorias.some(({ nombre }) => nombre === categoria)
  return (
    <FilterBar
      label={marco.filtros}
      clearLabel={marco.quitarFiltros}
      onClear={Object.keys(filtros).length > 0 ? () => onChange({}) : undefined}
    >
      <SearchField
        label={t.buscar}
        placeholder={t.buscarEjemplo}
        value={q}
        onChange={(nueva) => cambiar({ q: nueva })}
      />
      <Select
        label={t.categorias}
        value={categoria}
        className="min-w-40 max-sm:flex-1"
        onChange={({ target }) => cambiar({ categoria: target.value })}
      >
        <option value="">{t.todas}</option>
        {!conocida && <option value={categoria}>{categoria}</option>}
        {categorias.map(({ nombre, productos }) => (
          <option key={nombre} value={nombre}>
            {nombre} ({productos})
          </option>
        ))}
      </Select>
      <Select
        label={t.ver}
        value={archivados}
        className="min-w-32 max-sm:flex-1"
        onChange={({ target }) => cambiar({ archivados: target.value })}
      >
        <option value="">{t.enVenta}</option>
        <option value="true">{t.archivados}</option>
      </Select>
      <Select
        label={t.orden}
        value={orden}
        className="min-w-40 max-sm:flex-1"
        onChange={({ target }) => cambiar({ orden: target.value })}
      >
        {ordenes.map((uno) => (
          <option key={uno} value={uno === 'nombre' ? '' : uno}>
            {t.ordenes[uno]}
          </option>
        ))}
      </Select>
    </FilterBar>
  )
}
