import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { opcionesSugeridos, opcionesUsuario, type Usuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Combobox, type Option } from '../ui/combobox.tsx'

const comoOpcion = ({ id, nombre, email, telefono }: Usuario): Option => ({
  id,
  label: nombre ?? id,
  note: [email, telefono].filter(Boolean).join(' · '),
})

interface ElegirClienteProps {
  readonly id: string | undefined
  /** An empty text for nobody. */
  readonly onChange: (id: string) => void
  readonly className?: string
  /** What taking the choice back is called. */
  readonly quitar?: string
  /** Told what somebody is looked for by. */
  readonly alEscribir?: (texto: string) => void
}

/** Chooses a customer by name, e-mail, telephone or document. */
export function ElegirCliente({
  id,
  onChange,
  className = 'w-56 max-sm:w-full',
  quitar,
  alEscribir,
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
      clearLabel={quitar ?? t.quitarCliente}
      onType={(escrito) => {
        setTexto(escrito)
        alEscribir?.(escrito)
      }}
      options={sugeridos.data?.map(comoOpcion)}
      loading={sugeridos.isPlaceholderData || sugeridos.isPending}
      noneLabel={t.sinClientes}
      meant={sugeridos.data?.length === 1 ? sugeridos.data[0]?.id : undefined}
      unclearLabel={t.eligeCliente}
    />
  )
}
