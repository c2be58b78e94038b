import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { opcionesProducto } from '../../datos/productos.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Abrir } from './abrir.tsx'
import { Cifras, EstadoExistencia } from './cifras.tsx'
import { type Existencia, opcionesExistencia } from './datos.ts'
import { Libro } from './libro.tsx'
import { Mover } from './mover.tsx'
import { Reservas } from './reservas.tsx'
import { useTextosExistencias } from './textos.ts'
import { Umbral } from './umbral.tsx'

const ruta = getRouteApi('/gestion/existencias/$id')

/** The stock of one product: how many there are, what changes that, and what changed it. */
export function ExistenciaPage() {
  const t = useTextosExistencias()
  const { id } = ruta.useParams()
  const producto = useQuery(opcionesProducto(id)).data
  const consulta = useQuery(opcionesExistencia(id))
  return (
    <>
      <PageHead
        title={producto?.nombre ?? t.titulo}
        back={{ to: '/gestion/existencias', label: t.titulo }}
        lead={
          <span className="flex min-h-6 flex-wrap items-center gap-2">
            {producto?.sku}
            {consulta.data && <EstadoExistencia existencia={consulta.data} />}
          </span>
        }
        actions={
          <Link to="/gestion/productos/$id" params={{ id }} className={buttonClass('secondary')}>
            {t.verProducto}
          </Link>
        }
      />
      <Loaded query={consulta} waiting={<LoadingRows />}>
        {(existencia) =>
          existencia === null ? <Abrir productoId={id} /> : <Registrada existencia={existencia} />
        }
      </Loaded>
    </>
  )
}

function Registrada({ existencia }: { readonly existencia: Existencia }) {
  const { productoId, faltan, reservado } = existencia
  return (
    <div className="flex flex-col gap-5">
      <Cifras existencia={existencia} />
      {faltan > 0 && <Reservas existencia={existencia} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Mover existencia={existencia} />
        <Umbral existencia={existencia} />
      </div>
      {reservado > 0 && faltan === 0 && <Reservas existencia={existencia} />}
      <Libro productoId={productoId} />
    </div>
  )
}
