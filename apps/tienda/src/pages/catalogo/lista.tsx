import { useQuery } from '@tanstack/react-query'
import { memo, useDeferredValue, useEffect, useRef } from 'react'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { enTrozos } from '../../datos/listas.ts'
import { opcionesDisponibles, type Producto } from '../../datos/productos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Carta } from './carta.tsx'

const rejilla = 'grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 xl:grid-cols-4'
/**
 * Off the screen, a group of products costs nothing: the browser skips what is in it. It also cuts
 * off what sticks out, so there is room for the mark of the focus.
 */
const perezosa = '[content-visibility:auto]'
const grupo = '-m-2 p-2 [contain-intrinsic-height:auto_64rem]'
/** A group is drawn at once, so it is small; four, three or two in a row come out even. */
const porGrupo = 12

interface ListaProps {
  /** Also what is off the screen is drawn, as its height counts. */
  readonly entera: boolean
  readonly paginas: readonly { readonly datos: readonly Producto[] }[]
  /** What is shown belongs to the search before. */
  readonly atenuada: boolean
  readonly hayMas: boolean
  readonly cargandoMas: boolean
  readonly falloMas: unknown
  /** Always the same function. */
  readonly verMas: () => unknown
}

export function Lista(props: ListaProps) {
  const { paginas, entera, atenuada, hayMas, cargandoMas, falloMas, verMas } = props
  const t = useTextos()
  const final = useRef<HTMLDivElement>(null)
  const seguir = hayMas && !cargandoMas && !falloMas
  useEffect(() => {
    const marca = final.current
    if (!seguir || !marca) return
    const vigia = new IntersectionObserver(
      (vistas) => {
        if (vistas.some(({ isIntersecting }) => isIntersecting)) void verMas()
      },
      { rootMargin: '600px' },
    )
    vigia.observe(marca)
    return () => vigia.disconnect()
  }, [seguir, verMas])
  return (
    <>
      <div
        className={classNames(
          'flex flex-col gap-3 transition-opacity sm:gap-5',
          atenuada && 'opacity-60',
        )}
      >
        {paginas.map(({ datos }, indice) => (
          <Pagina
            key={datos[0]?.id ?? indice}
            datos={datos}
            primera={indice === 0}
            entera={entera}
          />
        ))}
      </div>
      <div ref={final} className="mt-8 flex flex-col items-center gap-3">
        {falloMas !== null && <p className="text-mal">{textoDeFallo(t, falloMas)}</p>}
        {hayMas ? (
          <Button look="secondary" busy={cargandoMas} onClick={() => void verMas()}>
            {t.catalogo.mas}
          </Button>
        ) : (
          paginas.length > 1 && <p className="text-suave">{t.catalogo.fin}</p>
        )}
      </div>
    </>
  )
}

interface PaginaProps {
  readonly datos: readonly Producto[]
  readonly primera: boolean
  readonly entera: boolean
}

/** The products of one page ask for their stock together. */
const Pagina = memo(function Pagina({ datos, primera, entera }: PaginaProps) {
  const ids = datos.map(({ id }) => id)
  const consulta = useQuery({ ...opcionesDisponibles(ids), ...insistente })
  // Drawing them all anew gives way to what the reader does meanwhile.
  const disponibles = useDeferredValue(consulta.data)
  return enTrozos(datos, porGrupo).map((juntos, indiceGrupo) => (
    <ul key={indiceGrupo} className={classNames(rejilla, grupo, !entera && perezosa)}>
      {juntos.map((producto, indice) => (
        <Carta
          key={producto.id}
          producto={producto}
          disponible={disponibles?.get(producto.id)}
          preguntando={disponibles === undefined && motivoDe(consulta) === null}
          pronta={primera && indiceGrupo === 0 && indice < 8}
        />
      ))}
    </ul>
  ))
})

export function ListaEnCamino() {
  const t = useTextos()
  return (
    <div role="status" aria-label={t.cargando}>
      <Skeleton className="mb-3 h-5 w-24" />
      <div className={rejilla}>
        {Array.from({ length: 8 }, (_, indice) => (
          <div key={indice} className="flex flex-col gap-3">
            <Skeleton className="aspect-square rounded-2xl" />
            <Skeleton className="h-5" />
            <Skeleton className="h-5 w-1/2" />
          </div>
        ))}
      </div>
    </div>
  )
}
