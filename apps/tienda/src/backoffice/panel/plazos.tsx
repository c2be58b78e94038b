import { Link } from '@tanstack/react-router'
import { tabClass } from '../../ui/page.tsx'
import { plazos } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'

/** How many days the sums are of. */
export function Plazos() {
  const t = useTextosPanel()
  return (
    <nav aria-label={t.plazo} className="flex flex-wrap gap-1">
      {plazos.map((uno) => (
        <Link
          key={uno}
          to="/gestion"
          search={uno === 30 ? {} : { dias: String(uno) }}
          replace
          resetScroll={false}
          activeOptions={{ exact: true, includeSearch: true }}
          className={tabClass}
        >
          {t.dias(uno)}
        </Link>
      ))}
    </nav>
  )
}
