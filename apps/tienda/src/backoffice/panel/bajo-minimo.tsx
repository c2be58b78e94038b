import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from '../../ui/badge.tsx'
import { Failure } from '../../ui/failure.tsx'
import { opcionesBajoMinimo } from '../datos/bajo-minimo.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Panel } from '../ui/panel.tsx'

const mostrados = 6

/** What runs short. */
export function BajoMinimo() {
  const t = useTextosGestion(textosPanel)
  const { data, error, refetch, isRefetching } = useQuery(opcionesBajoMinimo())
  return (
    <Panel title={t.bajoMinimo}>
      {!data && !error && <LoadingRows rows={3} />}
      {!data && error && (
        <Failure error={error} busy={isRefetching} onRetry={() => void refetch()} />
      )}
      {data?.datos.length === 0 && <p className="text-suave">{t.sinBajoMinimo}</p>}
      {data && (
        <ul className="divide-linea divide-y">
          {data.datos
            .slice(0, mostrados)
            .map(({ productoId, nombre, disponible, umbralMinimo }) => (
              <li key={productoId} className="flex items-center justify-between gap-4 py-2.5">
                <Link
                  to="/gestion/existencias/$id"
                  params={{ id: productoId }}
                  className="min-w-0 truncate font-medium underline-offset-4 hover:underline"
                >
                  {nombre ?? t.productoSinNombre}
                </Link>
                <Badge tone={disponible === 0 ? 'bad' : 'warning'}>
                  <span aria-hidden="true">{t.quedan(disponible, umbralMinimo)}</span>
                  <span className="sr-only">{t.quedanLargo(disponible, umbralMinimo)}</span>
                </Badge>
              </li>
            ))}
        </ul>
      )}
      {data && (data.hayMas || data.datos.length > mostrados) && (
        <p className="text-suave mt-2 text-sm">{t.yMas}</p>
      )}
    </Panel>
  )
}
