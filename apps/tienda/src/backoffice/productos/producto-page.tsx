import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { ResumenExistencias } from '../existencias/resumen.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Archivar } from './archivar.tsx'
import { type Leido, opcionesLeido, recordarLeido } from './datos.ts'
import { Editor } from './editor.tsx'
import { Imagen } from './imagen.tsx'
import { Precios } from './precios.tsx'
import { useTextosProductos } from './textos.ts'

const ruta = getRouteApi('/gestion/productos/$id')

/** One product: everything of it that staff can change. */
export function ProductoGestionPage() {
  const { id } = ruta.useParams()
  const consulta = useQuery(opcionesLeido(id))
  const data = consulta.isFetchedAfterMount ? consulta.data : undefined
  return (
    <Loaded query={{ ...consulta, data }} waiting={<LoadingRows />}>
      {(leido) => <Ficha key={id} leido={leido} />}
    </Loaded>
  )
}

function Ficha({ leido }: { readonly leido: Leido }) {
  const t = useTextosProductos()
  const consultas = useQueryClient()
  // What the form's edit begins from: the newest state of which nothing is unknown to the editor.
  const [base, setBase] = useState(leido)
  const producto = leido.datos
  const alLeer = (nuevo: Leido) => {
    setBase(nuevo)
    recordarLeido(consultas, nuevo)
  }
  const alCambiar = (nuevo: Leido) => {
    recordarLeido(consultas, nuevo)
    // With a greater step somebody else wrote something in between: the form has to meet it.
    setBase((antes) => (nuevo.datos.version <= antes.datos.version + 1 ? nuevo : antes))
  }
  return (
    <>
      <PageHead
        title={producto.nombre}
        back={{ to: '/gestion/productos', label: t.titulo }}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            <span>{producto.sku}</span>
            {!producto.activo && <Badge tone="neutral">{t.archivado}</Badge>}
          </span>
        }
        actions={
          <>
            {producto.activo && (
              <Link
                to="/productos/$id"
                params={{ id: producto.id }}
                className={buttonClass('secondary')}
              >
                {t.verEnTienda}
              </Link>
            )}
            <Archivar leido={leido} alCambiar={alCambiar} />
          </>
        }
      />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <Editor base={base} alLeer={alLeer} />
        <div className="grid gap-5 sm:grid-cols-2 xl:grid-cols-1">
          <Imagen leido={leido} alCambiar={alCambiar} />
          <div className="flex flex-col gap-5">
            <ResumenExistencias productoId={producto.id} />
            <Precios productoId={producto.id} />
          </div>
        </div>
      </div>
    </>
  )
}
