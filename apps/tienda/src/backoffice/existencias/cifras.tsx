import { useMedidas } from '../../formularios/medidas.ts'
import { Badge } from '../../ui/badge.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { type Existencia, esBaja, hayDe } from './datos.ts'
import { textosExistencias } from './textos.ts'

export function EstadoExistencia({ existencia }: { readonly existencia: Existencia | null }) {
  const t = useTextosGestion(textosExistencias)
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
  const t = useTextosGestion(textosExistencias)
  const { numero } = useMedidas()
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
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {cifras.map(({ texto, cuanto, pista }) => (
        <div key={texto} className="carta p-4">
          <dt className="text-suave text-sm">{texto}</dt>
          <dd className="text-2xl font-semibold tabular-nums">{numero(cuanto)}</dd>
          {pista !== undefined && <dd className="text-suave text-sm">{pista}</dd>}
        </div>
      ))}
    </dl>
  )
}
