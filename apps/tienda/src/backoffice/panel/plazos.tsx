import { Link } from '@tanstack/react-router'
import { plazos } from '../datos/resumen.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'

const opcion =
  'hover:bg-hundido inline-flex min-h-11 items-center rounded-xl px-4 font-medium aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte'

/** How many days the sums are of. */
export function Plazos() {
  const t = useTextosGestion(textosPanel)
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
          className={opcion}
        >
          {t.dias(uno)}
        </Link>
      ))}
    </nav>
  )
}
