import { getRouteApi, Link } from '@tanstack/react-router'
import { Field } from '../../ui/field.tsx'
import { tabClass } from '../../ui/page.tsx'
import { type Periodo, plazos } from '../datos/periodo.ts'
import { useTextosPanel } from '../textos/panel.ts'

const ruta = getRouteApi('/gestion/')

/** Which days the sums are of. */
export function Plazos({ periodo }: { readonly periodo: Periodo }) {
  const t = useTextosPanel()
  const navegar = ruta.useNavigate()
  const poner = (tramo: { readonly desde?: string; readonly hasta?: string }) => {
    const { desde, hasta } = { ...periodo, ...tramo }
    if (desde === '' || hasta === '') return
    // The other end follows, where it would be before the beginning.
    const search =
      desde <= hasta
        ? { desde, hasta }
        : tramo.desde === undefined
          ? { desde: hasta, hasta }
          : { desde, hasta: desde }
    void navegar({ search, replace: true, resetScroll: false })
  }
  return (
    <div className="flex flex-wrap items-end gap-3">
      <nav aria-label={t.plazo} className="flex flex-wrap gap-1">
        {plazos.map((uno) => (
          <Link
            key={uno}
            to="/gestion"
            search={uno === '30' ? {} : { dias: uno }}
            replace
            resetScroll={false}
            activeOptions={{ exact: true, includeSearch: true }}
            className={tabClass}
          >
            {t.plazos[uno]}
          </Link>
        ))}
      </nav>
      <Field
        label={t.desdeDia}
        type="date"
        className="min-w-36"
        value={periodo.desde}
        onChange={({ target }) => poner({ desde: target.value })}
      />
      <Field
        label={t.hastaDia}
        type="date"
        className="min-w-36"
        value={periodo.hasta}
        onChange={({ target }) => poner({ hasta: target.value })}
      />
    </div>
  )
}
