import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMedidas } from '../../formularios/medidas.ts'
import { Badge } from '../../ui/badge.tsx'
import { Failure } from '../../ui/failure.tsx'
import { opcionesBajoMinimo, opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Panel, panelLink } from '../ui/panel.tsx'

/** What runs short, the shortest first. */
export function BajoMinimo() {
  const t = useTextosGestion(textosPanel)
  const { numero } = useMedidas()
  const cuantos = useQuery(opcionesResumenExistencias()).data?.bajoMinimo
  const { data, error, refetch, isRefetching } = useQuery(opcionesBajoMinimo())
  return (
    <Panel
      title={t.bajoMinimo}
      aside={
        <Link to="/gestion/existencias" search={{ bajo: 'true' }} className={panelLink}>
          {t.verBajoMinimo(cuantos === undefined ? '' : numero(cuantos))}
        </Link>
      }
    >
      {!data && !error && <LoadingRows rows={3} />}
      {!data && error && (
        <Failure error={error} busy={isRefetching} onRetry={() => void refetch()} />
      )}
      {data?.length === 0 && <p className="text-suave">{t.sinBajoMinimo}</p>}
      {data && (
        <ul className="divide-linea divide-y">
          {data.map(({ productoId, nombre, disponible, umbralMinimo }) => (
            <li key={productoId}>
              <Link
                to="/gestion/existencias/$id"
                params={{ id: productoId }}
                className="group hover:bg-hundido -mx-2 flex min-h-12 items-center justify-between gap-4 rounded-lg px-2"
              >
                <span className="min-w-0 truncate font-medium underline-offset-4 group-hover:underline">
                  {nombre ?? t.productoSinNombre}
                </span>
                <Badge tone={disponible === 0 ? 'bad' : 'warning'}>
                  <span aria-hidden="true">{t.quedan(disponible, umbralMinimo)}</span>
                  <span className="sr-only">{t.quedanLargo(disponible, umbralMinimo)}</span>
                </Badge>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
