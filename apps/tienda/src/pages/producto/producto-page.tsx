import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { opcionesDisponibles, opcionesProducto, type Producto } from '../../datos/productos.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { Page } from '../../ui/page.tsx'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StockBadge } from '../../ui/stock-badge.tsx'
import { Compra } from './compra.tsx'

const ruta = getRouteApi('/productos/$id')

export function ProductoPage() {
  const { id } = ruta.useParams()
  const consulta = useQuery({ ...opcionesProducto(id), ...insistente })
  return (
    <LoPedido consulta={consulta} motivo={motivoDe(consulta)} espera={<EnCamino />}>
      {(producto) => <Ficha producto={producto} />}
    </LoPedido>
  )
}

function Ficha({ producto }: { readonly producto: Producto }) {
  const t = useTextos()
  const { dinero } = useFormato()
  const consulta = useQuery({ ...opcionesDisponibles([producto.id]), ...insistente })
  const disponible = consulta.data?.get(producto.id)
  const preguntando = !consulta.data && motivoDe(consulta) === null
  const parrafos = producto.descripcion.split(/\n+/).filter((uno) => uno.trim() !== '')
  return (
    <Page title={producto.nombre} ownHeading>
      <div className="mb-4">
        <BackLink to="/" label={t.producto.volver} />
      </div>
      <div className="grid grid-cols-1 gap-8 md:grid-cols-2 lg:gap-14">
        <ProductPicture
          producto={producto}
          eager
          className="border-linea aspect-square max-h-[36rem] w-full overflow-hidden rounded-3xl border"
        />
        <div className="flex flex-col gap-5">
          <div>
            {producto.categoria !== null && (
              <Link
                to="/"
                search={{ categoria: producto.categoria }}
                className="text-acento font-medium underline-offset-4 hover:underline"
              >
                {producto.categoria}
              </Link>
            )}
            <h1 className="mt-1 text-3xl font-semibold tracking-tight text-balance lg:text-4xl">
              {producto.nombre}
            </h1>
          </div>
          <p className="text-3xl font-semibold cifra">{dinero(producto.precio, producto.moneda)}</p>
          {producto.activo ? (
            <>
              {preguntando ? (
                <Skeleton className="h-6 w-28 rounded-full" />
              ) : (
                <StockBadge disponible={disponible} />
              )}
              <Compra producto={producto} disponible={disponible} />
            </>
          ) : (
            <Notice tone="warning">{t.producto.archivado}</Notice>
          )}
          {parrafos.map((parrafo) => (
            <p key={parrafo} className="max-w-prose leading-relaxed">
              {parrafo}
            </p>
          ))}
          <Caracteristicas producto={producto} />
        </div>
      </div>
    </Page>
  )
}

function Caracteristicas({ producto }: { readonly producto: Producto }) {
  const t = useTextos()
  const filas = [
    ...Object.entries(producto.atributos),
    [t.producto.referencia, producto.sku] as const,
  ]
  return (
    <section aria-label={t.producto.caracteristicas} className="border-linea border-t pt-5">
      <h2 className="mb-3 font-semibold">{t.producto.caracteristicas}</h2>
      <dl className="grid grid-cols-[fit-content(45%)_1fr] gap-x-6 gap-y-2">
        {filas.map(([nombre, valor]) => (
          <div key={nombre} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-suave">{nombre}</dt>
            <dd>{valor}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function EnCamino() {
  const t = useTextos()
  return (
    <div
      role="status"
      aria-label={t.cargando}
      className="mx-auto grid max-w-7xl gap-8 px-4 py-10 md:grid-cols-2"
    >
      <Skeleton className="aspect-square rounded-3xl" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="h-10 w-3/4" />
        <Skeleton className="h-8 w-32" />
        <Skeleton className="h-12 w-56" />
        <Skeleton className="h-28" />
      </div>
    </div>
  )
}
