import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useCara } from '../../cara/de-la-pagina.ts'
import { Portada } from '../../cara/portada.tsx'
import { opcionesCategorias } from '../../datos/productos.ts'
import { useTextos } from '../../textos/idioma.ts'

/** What the shop says before its products, to whoever looks for nothing in particular. */
export const Inicio = memo(function Inicio() {
  const cara = useCara()
  return (
    <>
      <Portada {...cara} className="mb-6" />
      <Destacadas categorias={cara.categoriasDestacadas} />
    </>
  )
})

function Destacadas({ categorias }: { readonly categorias: readonly string[] }) {
  const t = useTextos()
  const { data } = useQuery(opcionesCategorias())
  // One that no product has any more leads nowhere.
  const llenas = categorias.filter((una) => data?.some(({ nombre }) => nombre === una) ?? true)
  if (llenas.length === 0) return null
  return (
    <nav aria-label={t.catalogo.destacadas} className="mb-6">
      <ul className="flex flex-wrap gap-2">
        {llenas.map((categoria) => (
          <li key={categoria}>
            <Link
              to="/"
              search={{ categoria }}
              className="border-borde bg-papel hover:bg-hundido inline-flex min-h-11 items-center rounded-full border px-4 font-medium"
            >
              {categoria}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
