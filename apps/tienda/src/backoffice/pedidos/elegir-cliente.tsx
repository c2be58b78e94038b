import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { opcionesSugeridos, opcionesUsuario, type Usuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Combobox, type Option } from '../ui/combobox.tsx'

const comoOpcion = ({ id, nombre, email }: Usuario): Option => ({
  id,
  label: nombre ?? id,
  note: email,
})

interface ElegirClienteProps {
  readonly id: string | undefined
  /** An empty text for nobody. */
  readonly onChange: (id: string) => void
  readonly className?: string
}

/** Chooses a customer by name or e-mail. */
export function ElegirCliente({
  id,
  onChange,
  className = 'w-56 max-sm:w-full',
}: ElegirClienteProps) {
  const t = useTextosPedidos()
  const [texto, setTexto] = useState('')
  const sugeridos = useQuery(opcionesSugeridos(texto))
  const elegido = useQuery({ ...opcionesUsuario(id ?? ''), enabled: id !== undefined })
  const opcion = elegido.data ? comoOpcion(elegido.data) : { id: id ?? '', label: id ?? '' }
  return (
    <Combobox
      label={t.cliente}
      placeholder={t.clienteEjemplo}
      className={className}
      chosen={id === undefined ? null : opcion}
      onChoose={(nuevo) => onChange(nuevo?.id ?? '')}
      clearLabel={t.quitarCliente}
      onType={setTexto}
      options={sugeridos.data?.map(comoOpcion)}
      loading={sugeridos.isPlaceholderData || sugeridos.isPending}
      noneLabel={t.sinClientes}
      meant={sugeridos.data?.length === 1 ? sugeridos.data[0]?.id : undefined}
      unclearLabel={t.eligeCliente}
    />
  )
}
