import type { MetodoPago } from '@encargo/client'
import { useState } from 'react'
import { CampoOpciones } from '../../formularios/campos.tsx'
import { Button } from '../../ui/button.tsx'
import { seVaAPagar } from './metodos.ts'
import { useTextosPago } from './textos.ts'

interface OpcionesPagoProps {
  readonly metodos: readonly MetodoPago[]
  readonly value: string | undefined
  readonly onChange?: (codigo: string) => void
}

/** The ways to pay, one of which is marked. */
export function OpcionesPago({ metodos, value, onChange }: OpcionesPagoProps) {
  const t = useTextosPago()
  return (
    <CampoOpciones
      legend={t.elegir}
      name="metodoPago"
      value={value}
      {...(onChange ? { onChange } : {})}
      opciones={metodos.map((uno) => ({
        valor: uno.codigo,
        texto: uno.nombre,
        ...(seVaAPagar(uno) ? { detalle: t.despues } : {}),
      }))}
    />
  )
}

interface FormasProps {
  readonly metodos: readonly MetodoPago[]
  /** The one that was chosen before. */
  readonly elegido: string | null
  /** What is to be paid, as it is written. */
  readonly cuanto: string
  readonly ocupado: boolean
  readonly onPagar: (metodo: MetodoPago) => void
}

/** Choosing how to pay what is owed, and the press that does. */
export function Formas({ metodos, elegido, cuanto, ocupado, onPagar }: FormasProps) {
  const t = useTextosPago()
  const [codigo, setCodigo] = useState(elegido)
  const metodo = metodos.find((uno) => uno.codigo === codigo) ?? metodos[0]
  if (!metodo) return null
  const varios = metodos.length > 1 || !seVaAPagar(metodo)
  return (
    <div className="flex flex-col gap-4">
      {varios && <OpcionesPago metodos={metodos} value={metodo.codigo} onChange={setCodigo} />}
      <Button size="large" busy={ocupado} className="sm:self-start" onClick={() => onPagar(metodo)}>
        {seVaAPagar(metodo) ? t.pagar(cuanto) : t.pagarAsi}
      </Button>
    </div>
  )
}
