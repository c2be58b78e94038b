import { conFiltro } from '../datos/filtros.ts'
import { estadosPedido } from '../../datos/pedidos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Field, Select } from '../../ui/field.tsx'
import { type FiltrosPedidos, inicioDelDia, leerEstado, porVencer } from '../datos/pedidos.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPedidos } from '../textos/pedidos.ts'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'
import { ElegirCliente } from './elegir-cliente.tsx'

interface FiltrosProps {
  readonly filtros: FiltrosPedidos
  readonly onChange: (filtros: FiltrosPedidos) => void
}

/** Which orders are shown. */
export function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosPedidos)
  const { pedidos } = useTextos()
  const poner = (clave: keyof FiltrosPedidos, valor: string) =>
    onChange(conFiltro(filtros, clave, valor))
  return (
    <FilterBar
      main={
        <SearchField
          label={t.buscar}
          placeholder={t.buscarEjemplo}
          value={filtros.q ?? ''}
          onChange={(q) => poner('q', q)}
        />
      }
      filters={filtros}
      onClear={() => onChange({})}
    >
      <Select
        label={t.estado}
        className="w-36 max-sm:w-full"
        value={filtros.estado === porVencer ? porVencer : (leerEstado(filtros.estado) ?? '')}
        onChange={({ target }) => poner('estado', target.value)}
      >
        <option value="">{t.todos}</option>
        {estadosPedido.map((estado) => (
          <option key={estado} value={estado}>
            {pedidos.estado[estado]}
          </option>
        ))}
        <option value={porVencer}>{t.porVencer}</option>
      </Select>
      <ElegirCliente id={filtros.clienteId} onChange={(id) => poner('clienteId', id)} />
      <Dia label={t.desde} valor={filtros.desde} onChange={(dia) => poner('desde', dia)} />
      <Dia label={t.hasta} valor={filtros.hasta} onChange={(dia) => poner('hasta', dia)} />
    </FilterBar>
  )
}

interface DiaProps {
  readonly label: string
  readonly valor: string | undefined
  readonly onChange: (dia: string) => void
}

function Dia({ label, valor = '', onChange }: DiaProps) {
  const t = useTextosGestion(textosPedidos)
  // The control shows nothing for a day that there is not, and the list would look filtered.
  const malo = valor !== '' && inicioDelDia(valor) === undefined
  return (
    <Field
      label={label}
      error={malo ? t.diaMal(valor) : undefined}
      type="date"
      className="min-w-36 basis-40 max-sm:flex-1"
      max="9999-12-31"
      value={valor}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
