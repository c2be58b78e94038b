import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { memo, useCallback, useDeferredValue } from 'react'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { opcionesCatalogo } from '../../datos/productos.ts'
import type { Filtros } from '../../datos/filtros.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Illustration } from '../../ui/illustration.tsx'
import { useListPlace } from '../../ui/list-place.ts'
import { Empty, Page } from '../../ui/page.tsx'
import { Buscador } from './buscador.tsx'
import { FiltrosPanel } from './filtros-panel.tsx'
import { Inicio } from './inicio.tsx'
import { Lista, ListaEnCamino } from './lista.tsx'
import { Orden } from './orden.tsx'

const ruta = getRouteApi('/')

export type Cambiar = (cambios: { [Nombre in keyof Filtros]?: Filtros[Nombre] | undefined }) => void

/** The filters of the address, and how to change some of them. */
function useFiltros() {
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const cambiar: Cambiar = useCallback(
    (cambios) =>
      void navegar({
        // `undefined` takes a filter out of the address.
        search: (antes) => ({ ...antes, ...cambios }) as Filtros,
        replace: true,
        resetScroll: false,
      }),
    [navegar],
  )
  return { filtros, cambiar }
}

export function CatalogoPage() {
  const t = useTextos()
  const { filtros, cambiar } = useFiltros()
  // What takes long to draw follows the address when there is time: who types comes first.
  const vistos = useDeferredValue(filtros)
  return (
    <Page title={filtros.categoria ?? t.catalogo.titulo}>
      <div className="grid gap-6 lg:grid-cols-[15rem_1fr] lg:gap-10">
        <div className="flex flex-col gap-3 lg:gap-6">
          <Buscador filtros={filtros} cambiar={cambiar} />
          <FiltrosPanel filtros={vistos} cambiar={cambiar} />
        </div>
        <div className="min-w-0">
          {Object.keys(vistos).length === 0 && <Inicio />}
          <Resultados filtros={vistos} cambiar={cambiar} />
        </div>
      </div>
    </Page>
  )
}

interface ResultadosProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

const Resultados = memo(function Resultados({ filtros, cambiar }: ResultadosProps) {
  const t = useTextos()
  const consulta = useInfiniteQuery({ ...opcionesCatalogo(filtros), ...insistente })
  const { isPlaceholderData, refetch, isRefetching } = consulta
  const motivo = motivoDe(consulta)
  const data = useDeferredValue(consulta.data)
  // What is drawn and what was answered may be two lists for a moment; of more, only the drawn one
  // is asked.
  const alDia = data === consulta.data && !isPlaceholderData
  const hayMas = typeof data?.pages.at(-1)?.siguiente === 'string'
  const volviendo = useListPlace({
    settled: data !== undefined && alDia,
    length: data?.pages.length ?? 0,
    more: hayMas && motivo === null ? consulta.fetchNextPage : undefined,
    loading: consulta.isFetchingNextPage,
  })
  if (!data) {
    if (!motivo) return <ListaEnCamino />
    return <Failure error={motivo} busy={isRefetching} onRetry={() => void refetch()} />
  }
  const cuantos = data.pages.reduce((suma, { datos }) => suma + datos.length, 0)
  if (cuantos === 0) {
    return (
      <Empty
        title={t.catalogo.vacio}
        text={t.catalogo.vacioTexto}
        picture={<Illustration family="vacio" seed="nada" />}
      >
        <Button
          look="secondary"
          onClick={() =>
            cambiar({
              q: undefined,
              categoria: undefined,
              precioMin: undefined,
              precioMax: undefined,
            })
          }
        >
          {t.catalogo.quitarFiltros}
        </Button>
      </Empty>
    )
  }
  return (
    <section aria-label={t.catalogo.titulo} aria-busy={isPlaceholderData}>
      <div className="mb-4 flex items-center justify-between gap-3 max-[16rem]:flex-wrap">
        <p role="status" className="text-suave text-sm">
          {t.catalogo.mostrados(cuantos, hayMas)}
        </p>
        <Orden filtros={filtros} cambiar={cambiar} />
      </div>
      <Lista
        paginas={data.pages}
        entera={volviendo}
        atenuada={isPlaceholderData}
        hayMas={hayMas}
        cargandoMas={!alDia || consulta.isFetchingNextPage}
        falloMas={alDia && hayMas ? motivo : null}
        verMas={consulta.fetchNextPage}
      />
    </section>
  )
})
