import { Campo } from '../../formularios/campos.tsx'
import { leerImporte } from '../../formularios/importe.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { vueltoDe } from './mostrador.ts'

interface EfectivoProps {
  readonly name: string
  readonly escrito: string
  readonly onChange: (escrito: string) => void
  readonly total: number
  readonly moneda: string
}

/** What was handed over, and, large, what is to be given back of it. */
export function Efectivo({ name, escrito, onChange, total, moneda }: EfectivoProps) {
  const t = useTextosVenta()
  const { region } = useLengua()
  const recibido = leerImporte(escrito, region, moneda)
  return (
    <div>
      <Campo
        label={t.recibido}
        name={name}
        inputMode="decimal"
        autoComplete="off"
        value={escrito}
        onChange={({ target }) => onChange(target.value)}
      />
      <p role="status" className="mt-2 empty:hidden">
        {recibido !== undefined && <Vuelto {...{ recibido, total, moneda }} />}
      </p>
    </div>
  )
}

interface VueltoProps {
  readonly recibido: number
  readonly total: number
  readonly moneda: string
}

export function Vuelto({ recibido, total, moneda }: VueltoProps) {
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const { tipo, importe } = vueltoDe(recibido, total)
  return (
    <span className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span className="font-medium">{tipo === 'vuelto' ? t.cambio : t.falta}</span>
      <span
        className={`cifra text-3xl font-semibold ${tipo === 'vuelto' ? 'text-acento' : 'text-mal'}`}
      >
        {dinero(importe, moneda)}
      </span>
    </span>
  )
}
