import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import { Figure, Figures } from '../ui/figures.tsx'
import { type Existencia, esBaja, hayDe } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

export function EstadoExistencia({ existencia }: { readonly existencia: Existencia | null }) {
  const t = useTextosExistencias()
  if (existencia === null) return <Badge tone="neutral">{t.sinRegistro}</Badge>
  if (existencia.faltan > 0) return <Badge tone="bad">{t.faltanEstado}</Badge>
  if (existencia.disponible === 0) return <Badge tone="bad">{t.baja}</Badge>
  return esBaja(existencia) ? (
    <Badge tone="warning">{t.baja}</Badge>
  ) : (
    <Badge tone="good">{t.bien}</Badge>
  )
}

/** The four figures of a product's stock. */
export function Cifras({ existencia }: { readonly existencia: Existencia }) {
  const t = useTextosExistencias()
  const { numero } = useFormato()
  const { reservado, disponible, faltan, umbralMinimo } = existencia
  const cifras = [
    {
      texto: t.fisico,
      cuanto: hayDe(existencia),
      pista: faltan > 0 ? t.faltan(numero(faltan)) : undefined,
    },
    { texto: t.reservado, cuanto: reservado, pista: t.reservadoPista },
    { texto: t.disponible, cuanto: disponible, pista: t.disponiblePista },
    { texto: t.minimo, cuanto: umbralMinimo },
  ]
  return (
    <Figures>
      {cifras.map(({ texto, cuanto, pista }) => (
        <Figure
          key={texto}
          name={texto}
          value={numero(cuanto)}
          {...(pista === undefined ? {} : { note: pista })}
        />
      ))}
    </Figures>
  )
}
