import { useState } from 'react'
import { useFormato } from '../textos/formato.ts'
import { useLengua } from '../textos/idioma.ts'
import type { FieldProps } from '../ui/field.tsx'
import { Campo } from './campos.tsx'
import { importeParaEditar, leerImporte } from './importe.ts'

interface PrecioProps extends Omit<FieldProps, 'defaultValue' | 'name' | 'hint'> {
  readonly name: string
  readonly moneda: string
  /** In minor units; undefined: not known yet. */
  readonly inicial: number | undefined
}

/** A price in units of the currency; below it, how what is typed will be understood. */
export function CampoPrecio({ moneda, inicial, ...props }: PrecioProps) {
  const { region } = useLengua()
  const { dinero } = useFormato()
  const [texto, setTexto] = useState(
    inicial === undefined ? '' : importeParaEditar(inicial, region, moneda),
  )
  const leido = leerImporte(texto, region, moneda)
  return (
    <Campo
      {...props}
      inputMode="decimal"
      autoComplete="off"
      value={texto}
      onChange={({ target }) => setTexto(target.value)}
      hint={leido === undefined ? moneda : `${dinero(leido, moneda)} (${moneda})`}
    />
  )
}
