import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import type { CampoFicha, Ficha } from './ficha.ts'
import { useTextosEdicion } from './textos-edicion.ts'

interface ValorProps {
  readonly campo: CampoFicha
  readonly ficha: Ficha
}

/** What stands in one field of a product, for reading. */
export function Valor({ campo, ficha }: ValorProps) {
  const t = useTextosEdicion()
  const { dinero, numero } = useFormato()
  const moneda = useMoneda()
  const nada = <em>{t.vacio}</em>
  if (campo === 'precio') return dinero(ficha.precio, moneda)
  if (campo === 'pesoGramos') {
    return ficha.pesoGramos === null ? nada : `${numero(ficha.pesoGramos)} g`
  }
  if (campo !== 'atributos') {
    const texto = ficha[campo]
    if (texto === null || texto === '') return nada
    return <span className="whitespace-pre-line">{texto}</span>
  }
  const pares = Object.entries(ficha.atributos)
  if (pares.length === 0) return nada
  return <span>{pares.map(([uno, otro]) => `${uno}: ${otro}`).join(' · ')}</span>
}
