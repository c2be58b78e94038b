import type { Formas } from '../pago/metodos.ts'
import { OpcionesPago } from '../pago/formas.tsx'
import { useTextosPago } from '../pago/textos.ts'
import { Notice } from '../../ui/badge.tsx'
import { Seccion } from './seccion.tsx'

interface FormaDePagoProps {
  readonly formas: Formas
  /** The code of the one that is taken. */
  readonly elegida: string | undefined
}

/** How the order will be paid; nothing where the shop takes no payments. */
export function FormaDePago({ formas, elegida }: FormaDePagoProps) {
  const t = useTextosPago()
  if (formas.ausentes) {
    return (
      <Notice tone="warning" urgent>
        {t.sinFormas}
      </Notice>
    )
  }
  if (formas.metodos.length === 0) return null
  return (
    <Seccion titulo={t.pago}>
      <OpcionesPago metodos={formas.metodos} value={elegida} />
    </Seccion>
  )
}
