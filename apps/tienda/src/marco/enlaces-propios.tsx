import { Link } from '@tanstack/react-router'
import { propioActual } from '../propio/de-la-pagina.ts'
import { useLengua } from '../textos/idioma.ts'

/** The pages that the shop wrote, below every page for shoppers; nothing where it wrote none. */
export function EnlacesPropios() {
  const { idioma, textos: t } = useLengua()
  const { paginas } = propioActual()
  if (paginas.length === 0) return null
  return (
    <nav aria-label={t.nav.paginas} className="-my-2.5 flex flex-wrap gap-x-5">
      {paginas.map(({ nombre, titulo }) => (
        <Link
          key={nombre}
          to="/paginas/$nombre"
          params={{ nombre }}
          className="hover:text-tinta inline-flex min-h-11 items-center underline-offset-4 hover:underline"
        >
          {titulo[idioma]}
        </Link>
      ))}
    </nav>
  )
}
