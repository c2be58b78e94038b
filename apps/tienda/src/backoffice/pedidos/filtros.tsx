import { controlDe, type FiltrosProps } from '../datos/filtros.ts'
import { estadosPedido } from '../../datos/pedidos.ts'
import { useZona } from '../../cara/zona.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Field } from '../../ui/field.tsx'
import { inicioDelDia } from '../datos/dias.ts'
import { type FiltrosPedidos, porVencer } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { FilterBar, FilterSelect, SearchField } from '../ui/filter-bar.tsx'
import { ElegirCliente } from './elegir-cliente.tsx'

/** Which orders are shown. */
export function Filtros({ filtros, onChange }: FiltrosProps<FiltrosPedidos>) {
  const t = useTextosPedidos()
  const { pedidos } = useTextos()
  const control = controlDe(filtros, onChange)
  return (
    <FilterBar
      main={<SearchField label={t.buscar} placeholder={t.buscarEjemplo} {...control('q')} />}
      filters={filtros}
      onClear={() => onChange({})}
    >
      <FilterSelect
        label={t.estado}
        className="w-36 max-sm:w-full"
        {...control('estado')}
        options={[
          ['', t.todos],
          ...estadosPedido.map((estado) => [estado, pedidos.estado[estado]] as const),
          [porVencer, t.porVencer],
        ]}
      />
      <ElegirCliente id={filtros.clienteId} onChange={control('clienteId').onChange} />
      <Dia label={t.desde} {...control('desde')} />
      <Dia label={t.hasta} {...control('hasta')} />
    </FilterBar>
  )
}

interface DiaProps {
  readonly label: string
  readonly value: string
  readonly onChange: (dia: string) => void
}

function Dia({ label, value, onChange }: DiaProps) {
  const t = useTextosPedidos()
  const zona = useZona()
  // The control shows nothing for a day that there is not, and the list would look filtered.
  const malo = value !== '' && inicioDelDia(zona, value) === undefined
  return (
    <Field
      label={label}
      error={malo ? t.diaMal(value) : undefined}
      type="date"
      className="min-w-36 basis-40 max-sm:flex-1"
      max="9999-12-31"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
