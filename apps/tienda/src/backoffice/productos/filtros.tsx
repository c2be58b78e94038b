import { useQuery } from '@tanstack/react-query'
import { ordenesDe, ordenUsual } from '../../datos/filtros.ts'
import { opcionesCategorias } from '../../datos/productos.ts'
import { Select } from '../../ui/field.tsx'
import { conFiltro } from '../datos/filtros.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import type { FiltrosProductos } from './datos.ts'
import { textosProductos } from './textos.ts'

interface FiltrosProps {
  readonly filtros: FiltrosProductos
  readonly onChange: (filtros: FiltrosProductos) => void
}

export function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosProductos)
  const categorias = useQuery(opcionesCategorias()).data ?? []
  const { q = '', categoria = '', archivados = '', orden = '' } = filtros
  const poner = (clave: keyof FiltrosProductos, valor: string) =>
    onChange(conFiltro(filtros, clave, valor))
  const conocida = categoria === '' || categorias.some(({ nombre }) => nombre === categoria)
  return (
    <FilterBar filters={filtros} onClear={() => onChange({})}>
      <SearchField
        label={t.buscar}
        placeholder={t.buscarEjemplo}
        value={q}
        onChange={(nueva) => poner('q', nueva)}
      />
      <Select
        label={t.categorias}
        value={categoria}
        className="min-w-40 max-sm:flex-1"
        onChange={({ target }) => poner('categoria', target.value)}
      >
        <option value="">{t.todas}</option>
        {!conocida && <option value={categoria}>{categoria}</option>}
        {categorias.map(({ nombre, productos }) => (
          <option key={nombre} value={nombre}>
            {`${nombre} (${productos})`}
          </option>
        ))}
      </Select>
      <Select
        label={t.ver}
        value={archivados}
        className="min-w-32 max-sm:flex-1"
        onChange={({ target }) => poner('archivados', target.value)}
      >
        <option value="">{t.enVenta}</option>
        <option value="true">{t.archivados}</option>
      </Select>
      <Select
        label={t.orden}
        value={orden}
        className="min-w-40 max-sm:flex-1"
        onChange={({ target }) => poner('orden', target.value)}
      >
        {ordenesDe(filtros.q).map((uno) => (
          <option key={uno} value={uno === ordenUsual(filtros.q) ? '' : uno}>
            {t.ordenes[uno]}
          </option>
        ))}
      </Select>
    </FilterBar>
  )
}
