import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { opcionesProducto } from '../../datos/productos.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Abrir } from './abrir.tsx'
import { Cifras, EstadoExistencia } from './cifras.tsx'
import { opcionesExistencia } from './datos.ts'
import { Libro } from './libro.tsx'
import { Mover } from './mover.tsx'
import { Reservas } from './reservas.tsx'
import { textosExistencias } from './textos.ts'
import { Umbral } from './umbral.tsx'

const ruta = getRouteApi('/gestion/existencias/$id')

/** The stock of one product: how many there are, what changes that, and what changed it. */
export function ExistenciaPage() {
  const t = useTextosGestion(textosExistencias)
  const { id } = ruta.useParams()
  const producto = useQuery(opcionesProducto(id)).data
  const { data, error } = useQuery(opcionesExistencia(id))
  return (
    <>
      <PageHead
        title={producto?.nombre ?? t.titulo}
        back={{ to: '/gestion/existencias', label: t.titulo }}
        lead={
          <span className="flex min-h-6 flex-wrap items-center gap-2">
            {producto?.sku}
            {data && <EstadoExistencia existencia={data} />}
          </span>
        }
        actions={
          <Link to="/gestion/productos/$id" params={{ id }} className={buttonClass('secondary')}>
            {t.verProducto}
          </Link>
        }
      />
      {data === undefined && !error && <LoadingRows />}
      {data === undefined && error && <Fallo id={id} />}
      {data === null && <Abrir productoId={id} />}
      {data && (
        <div className="flex flex-col gap-5">
          <Cifras existencia={data} />
          {data.faltan > 0 && <Reservas existencia={data} />}
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
            <Mover existencia={data} />
            <Umbral existencia={data} />
          </div>
          {data.reservado > 0 && data.faltan === 0 && <Reservas existencia={data} />}
          <Libro productoId={id} />
        </div>
      )}
    </>
  )
}

function Fallo({ id }: { readonly id: string }) {
  const { error, refetch, isRefetching } = useQuery(opcionesExistencia(id))
  return <Failure error={error} busy={isRefetching} onRetry={() => void refetch()} />
}
