import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { opcionesBajoMinimo, opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Panel, panelLink } from '../../ui/panel.tsx'

/** What runs short, the shortest first. */
export function BajoMinimo() {
  const t = useTextosPanel()
  const { numero } = useFormato()
  const cuantos = useQuery(opcionesResumenExistencias()).data?.bajoMinimo
  const consulta = useQuery(opcionesBajoMinimo())
  return (
    <Panel
      title={t.bajoMinimo}
      aside={
        <Link to="/gestion/existencias" search={{ bajo: 'true' }} className={panelLink}>
          {t.verBajoMinimo(cuantos === undefined ? '' : numero(cuantos))}
        </Link>
      }
    >
      <Loaded query={consulta} waiting={<LoadingRows rows={3} />}>
        {(bajas) =>
          bajas.length === 0 ? (
            <p className="text-suave">{t.sinBajoMinimo}</p>
          ) : (
            <ul className="divide-linea divide-y">
              {bajas.map(({ productoId, producto, existencia: { disponible, umbralMinimo } }) => (
                <li key={productoId}>
                  <Link
                    to="/gestion/existencias/$id"
                    params={{ id: productoId }}
                    className="group hover:bg-hundido -mx-2 flex min-h-12 items-center justify-between gap-4 rounded-lg px-2"
                  >
                    <span className="min-w-0 truncate font-medium underline-offset-4 group-hover:underline">
                      {producto?.nombre ?? t.productoSinNombre}
                    </span>
                    <Badge tone={disponible === 0 ? 'bad' : 'warning'}>
                      <span aria-hidden="true">{t.quedan(disponible, umbralMinimo)}</span>
                      <span className="sr-only">{t.quedanLargo(disponible, umbralMinimo)}</span>
                    </Badge>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}
