import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { definidos, type Filtros } from '../../datos/filtros.ts'
import { opcionesCategorias } from '../../datos/productos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { FilterIcon } from '../../ui/icons.tsx'
import { useMedia } from '../../ui/media.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Cambiar } from './catalogo-page.tsx'
import { RangoPrecio } from './rango-precio.tsx'

interface PanelProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

/** Beside the products; on narrow screens folded away above them. */
export const FiltrosPanel = memo(function FiltrosPanel({ filtros, cambiar }: PanelProps) {
  const t = useTextos()
  const ancha = useMedia('(min-width: 64rem)')
  const puestos = [filtros.categoria, filtros.precioMin, filtros.precioMax].filter(
    (uno) => uno !== undefined,
  ).length
  const contenido = (
    <div className="flex flex-col gap-7">
      <Categorias />
      <RangoPrecio
        key={`${filtros.precioMin} ${filtros.precioMax}`}
        filtros={filtros}
        cambiar={cambiar}
      />
      {puestos > 0 && (
        <Button
          look="secondary"
          size="small"
          onClick={() =>
            cambiar({ categoria: undefined, precioMin: undefined, precioMax: undefined })
          }
        >
          {t.catalogo.quitarFiltros}
        </Button>
      )}
    </div>
  )
  if (ancha) return contenido
  return (
    <details className="carta">
      <summary className="flex min-h-11 cursor-pointer items-center gap-2 rounded-2xl px-4 font-medium">
        <FilterIcon />
        <span>{t.catalogo.filtros}</span>
        {puestos > 0 && (
          <span className="bg-acento text-sobre-acento rounded-full px-2 text-sm">{puestos}</span>
        )}
      </summary>
      <div className="p-4 pt-2">{contenido}</div>
    </details>
  )
})

const opcion =
  'hover:bg-hundido flex min-h-9 items-center justify-between gap-3 rounded-lg px-3 py-1 transition-colors aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte aria-[current=page]:font-semibold'

/** Their links start from what the address says when they are pressed, not when they were drawn. */
function Categorias() {
  const t = useTextos()
  const { data, isPending } = useQuery(opcionesCategorias())
  // Without them one can still search, so their absence is not worth an alarm.
  if (!isPending && !data) return null
  return (
    <nav aria-label={t.catalogo.categorias}>
      <h2 className="mb-2 px-3 text-sm font-semibold">{t.catalogo.categorias}</h2>
      {isPending ? (
        <div className="flex flex-col gap-2 px-3">
          {[1, 2, 3, 4, 5].map((fila) => (
            <Skeleton key={fila} className="h-7" />
          ))}
        </div>
      ) : (
        <ul>
          {[undefined, ...data].map((una) => (
            <li key={una?.nombre ?? ''}>
              <Link
                from="/"
                to="/"
                search={(antes) => definidos({ ...antes, categoria: una?.nombre })}
                resetScroll={false}
                className={opcion}
                activeOptions={{ exact: true }}
              >
                <span className="min-w-0">{una?.nombre ?? t.catalogo.todas}</span>
                {una && (
                  <span className="text-suave text-sm font-normal cifra">{una.productos}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </nav>
  )
}
