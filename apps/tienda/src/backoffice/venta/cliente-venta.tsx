import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { opcionesUsuario } from '../datos/usuarios.ts'
import { ElegirCliente } from '../pedidos/elegir-cliente.tsx'
import { useTextosVenta } from '../textos/venta.ts'
import { NuevoCliente } from '../usuarios/nuevo-cliente.tsx'
import { parecido } from './mostrador.ts'

interface ClienteVentaProps {
  readonly id: string | undefined
  readonly onChange: (id: string | undefined) => void
}

/** For whom it is: nobody in particular, somebody known, or somebody who becomes known now. */
export function ClienteVenta({ id, onChange }: ClienteVentaProps) {
  const t = useTextosVenta()
  const consultas = useQueryClient()
  const [buscado, setBuscado] = useState('')
  const [abierto, setAbierto] = useState(false)
  return (
    <div>
      <ElegirCliente
        className="w-full"
        id={id}
        quitar={t.quitarCliente}
        // What was chosen empties the field: what it said before is what a new customer begins with.
        alEscribir={(texto) => texto !== '' && setBuscado(texto)}
        onChange={(elegido) => onChange(elegido === '' ? undefined : elegido)}
      />
      {id === undefined && (
        <p className="text-suave mt-1.5 flex flex-wrap items-center gap-x-3 text-sm">
          <span>{t.sinCliente}</span>
          <Button look="quiet" size="small" onClick={() => setAbierto(true)}>
            {t.clienteNuevo}
          </Button>
        </p>
      )}
      <NuevoCliente
        abierto={abierto}
        alCerrar={setAbierto}
        sabido={parecido(buscado)}
        alCrear={async (creado) => {
          consultas.setQueryData(opcionesUsuario(creado.id).queryKey, creado)
          void consultas.invalidateQueries({ queryKey: ['usuarios', 'lista'] })
          toast(t.clienteCreado(creado.nombre ?? ''))
          onChange(creado.id)
        }}
      />
    </div>
  )
}
