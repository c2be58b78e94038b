import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ElegirCliente } from '../pedidos/elegir-cliente.tsx'
import { useTextosVenta } from '../textos/venta.ts'
import { ClienteNuevo } from './cliente-nuevo.tsx'

interface ClienteVentaProps {
  readonly id: string | undefined
  readonly onChange: (id: string | undefined) => void
}

/** For whom it is: nobody in particular, somebody known, or somebody who becomes known now. */
export function ClienteVenta({ id, onChange }: ClienteVentaProps) {
  const t = useTextosVenta()
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
      <ClienteNuevo
        abierto={abierto}
        onOpenChange={setAbierto}
        buscado={buscado}
        alCrear={onChange}
      />
    </div>
  )
}
