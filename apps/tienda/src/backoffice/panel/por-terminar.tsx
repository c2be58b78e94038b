import { useFormato } from '../../textos/formato.ts'
import { Notice } from '../../ui/badge.tsx'
import { useTextosPanel } from '../textos/panel.ts'

interface PorTerminarProps {
  /** As `/readyz` tells it: how many of what, since when, and why. */
  readonly pendiente: Readonly<Record<string, unknown>>
}

/** What is intended and waits for another service, or for a mail server. */
export function PorTerminar({ pendiente }: PorTerminarProps) {
  const t = useTextosPanel()
  const { fechaYHora } = useFormato()
  const cuentas = Object.entries(t.intenciones).flatMap(([clave, nombre]) => {
    const cuantos = pendiente[clave]
    return typeof cuantos === 'number' && cuantos > 0 ? [{ clave, nombre, cuantos }] : []
  })
  const { desde, motivo } = pendiente
  if (cuentas.length === 0) {
    return (
      <div className="flex justify-between gap-4">
        <dt className="text-suave">{t.porTerminar}</dt>
        <dd>{t.nadaPorTerminar}</dd>
      </div>
    )
  }
  return (
    <div>
      <dt className="sr-only">{t.porTerminar}</dt>
      <dd className="mt-1">
        <Notice tone="warning" title={t.porTerminar}>
          <ul>
            {cuentas.map(({ clave, nombre, cuantos }) => (
              <li key={clave} className="flex justify-between gap-4">
                {nombre}
                <span className="font-medium cifra">{cuantos}</span>
              </li>
            ))}
          </ul>
          {typeof desde === 'string' && <p>{t.esperaDesde(fechaYHora(desde))}</p>}
          {typeof motivo === 'string' && <p>{t.motivo(t.motivos[motivo] ?? motivo)}</p>}
        </Notice>
      </dd>
    </div>
  )
}
