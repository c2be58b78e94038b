import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { NoExiste } from '../../marco/no-existe.tsx'
import { clases, escritoVenido, pedirEscrito } from '../../propio/escrito.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { useTabTitle } from '../../ui/page.tsx'

const ruta = getRouteApi('/paginas/$nombre')

/** A page that the shop wrote. It comes with the document, and is asked for only on the way from another. */
export function PropiaPage() {
  const { nombre } = ruta.useParams()
  const { idioma } = useLengua()
  const consulta = useQuery({
    queryKey: ['escrito', nombre, idioma],
    queryFn: ({ signal }) => pedirEscrito(nombre, idioma, signal),
    initialData: () => escritoVenido(nombre, idioma),
  })
  return (
    <Loaded query={consulta} alone waiting={null}>
      {(escrito) => (escrito === null ? <NoExiste /> : <Hoja {...escrito} />)}
    </Loaded>
  )
}

function Hoja({ titulo, html }: { readonly titulo: string; readonly html: string }) {
  useTabTitle(titulo)
  return (
    <article className={clases.pagina}>
      <h1 className={clases.titulo}>{titulo}</h1>
      {/* Made by tienda's server, of Markdown in which HTML counts for nothing. */}
      <div className={clases.escrito} dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  )
}
