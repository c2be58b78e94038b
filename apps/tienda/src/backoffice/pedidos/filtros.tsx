import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { estadosPedido } from '../../datos/pedidos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Field, Select } from '../../ui/field.tsx'
import { type FiltrosPedidos, leerEstado } from '../datos/pedidos.ts'
import { opcionesSugeridos, opcionesUsuario, type Usuario } from '../datos/usuarios.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosMarco } from '../textos/marco.ts'
import { textosPedidos } from '../textos/pedidos.ts'
import { Combobox, type Option } from '../ui/combobox.tsx'
import { FilterBar, SearchField } from '../ui/filter-bar.tsx'

interface FiltrosProps {
  readonly filtros: FiltrosPedidos
  readonly onChange: (filtros: FiltrosPedidos) => void
}

/** Which orders are shown. */
export function Filtros({ filtros, onChange }: FiltrosProps) {
  const t = useTextosGestion(textosPedidos)
  const marco = useTextosGestion(textosMarco)
  const { pedidos } = useTextos()
  const poner = (clave: keyof FiltrosPedidos, valor: string) => {
    const { [clave]: _antes, ...otros } = filtros
    onChange(valor === '' ? otros : { ...otros, [clave]: valor })
  }
  const hayAlguno = Object.keys(filtros).length > 0
  return (
    <FilterBar
      label={marco.filtros}
      clearLabel={marco.quitarFiltros}
      onClear={hayAlguno ? () => onChange({}) : undefined}
    >
      <SearchField
        label={t.buscar}
        placeholder={t.buscarEjemplo}
        value={filtros.q ?? ''}
        onChange={(q) => poner('q', q)}
      />
      <Select
        label={t.estado}
        className="w-36 max-sm:w-full"
        value={leerEstado(filtros.estado) ?? ''}
        onChange={({ target }) => poner('estado', target.value)}
      >
        <option value="">{t.todos}</option>
        {estadosPedido.map((estado) => (
          <option key={estado} value={estado}>
            {pedidos.estado[estado]}
          </option>
        ))}
      </Select>
      <Cliente id={filtros.clienteId} onChange={(id) => poner('clienteId', id)} />
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
  return (
    <Field
      label={label}
      type="date"
      className="min-w-36 basis-40 max-sm:flex-1"
      max="9999-12-31"
      value={valor}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

const comoOpcion = ({ id, nombre, email }: Usuario): Option => ({
  id,
  label: nombre ?? id,
  note: email,
})

function Cliente({
  id,
  onChange,
}: {
  readonly id: string | undefined
  readonly onChange: (id: string) => void
}) {
  const t = useTextosGestion(textosPedidos)
  const [texto, setTexto] = useState('')
  const sugeridos = useQuery(opcionesSugeridos(texto))
  const elegido = useQuery({ ...opcionesUsuario(id ?? ''), enabled: id !== undefined })
  const opcion = elegido.data ? comoOpcion(elegido.data) : { id: id ?? '', label: id ?? '' }
  return (
    <Combobox
      label={t.cliente}
      placeholder={t.clienteEjemplo}
      className="w-56 max-sm:w-full"
      chosen={id === undefined ? null : opcion}
      onChoose={(nuevo) => onChange(nuevo?.id ?? '')}
      clearLabel={t.quitarCliente}
      onType={setTexto}
      options={sugeridos.data?.map(comoOpcion)}
      noneLabel={t.sinClientes}
    />
  )
}
