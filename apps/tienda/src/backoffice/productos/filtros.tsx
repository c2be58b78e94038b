import { useQuery } from '@tanstack/react-query'
import { ordenesDe, ordenUsual } from '../../datos/filtros.ts'
import { opcionesCategorias } from '../../datos/productos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { controlDe, type FiltrosProps } from '../datos/filtros.ts'
import { FilterBar, FilterSelect, SearchField } from '../ui/filter-bar.tsx'
import type { FiltrosProductos } from './datos.ts'
import { useTextosProductos } from './textos.ts'

export function Filtros({ filtros, onChange }: FiltrosProps<FiltrosProductos>) {
  const t = useTextosProductos()
  const { catalogo } = useTextos()
  const categorias = useQuery(opcionesCategorias()).data ?? []
  const { q, categoria } = filtros
  const control = controlDe(filtros, onChange)
  const conocida = categoria === undefined || categorias.some(({ nombre }) => nombre === categoria)
  return (
    <FilterBar filters={filtros} onClear={() => onChange({})}>
      <SearchField label={t.buscar} placeholder={t.buscarEjemplo} {...control('q')} />
      <FilterSelect
        label={t.categorias}
        className="min-w-40 max-sm:flex-1"
        {...control('categoria')}
        options={[
          ['', t.todas],
          ...(conocida ? [] : [[categoria, categoria] as const]),
          ...categorias.map(({ nombre, productos: n }) => [nombre, `${nombre} (${n})`] as const),
        ]}
      />
      <FilterSelect
        label={t.ver}
        className="min-w-32 max-sm:flex-1"
        {...control('archivados')}
        options={[
          ['', t.enVenta],
          ['true', t.archivados],
        ]}
      />
      <FilterSelect
        label={t.orden}
        className="min-w-40 max-sm:flex-1"
        {...control('orden')}
        options={ordenesDe(q).map((uno) => [uno === ordenUsual(q) ? '' : uno, catalogo.orden[uno]])}
      />
    </FilterBar>
  )
}
