import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormato } from '../../textos/formato.ts'
import { usePersonas } from '../datos/nombres.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { opcionesPrecios } from './datos.ts'
import { GraficoPrecios } from './grafico-precios.tsx'
import { useTextosEdicion } from './textos-edicion.ts'

/** What a product has cost, and since when. */
export function Precios({ productoId }: { readonly productoId: string }) {
  const { precios: t } = useTextosEdicion()
  const { dinero, fechaYHora } = useFormato()
  const consulta = useInfiniteQuery(opcionesPrecios(productoId))
  const datos = consulta.data?.pages.flatMap((pagina) => pagina.datos) ?? []
  const personas = usePersonas(datos.map(({ usuarioId }) => usuarioId))
  return (
    <section aria-labelledby="precios" className="carta flex flex-col gap-4 p-5">
      <h2 id="precios" className="text-lg font-semibold">
        {t.titulo}
      </h2>
      <GraficoPrecios precios={datos} />
      <CursorList part query={consulta} empty={<p className="text-suave">{t.ninguno}</p>}>
        {(filas) => (
          <ol aria-label={t.tabla} className="divide-linea divide-y">
            {filas.map(({ desde, precio, moneda, usuarioId }, indice) => (
              <li key={desde} className="flex items-baseline justify-between gap-3 py-2">
                <span className="text-suave min-w-0 text-sm">
                  <span>{fechaYHora(desde)}</span>
                  <span className="block truncate">{personas.get(usuarioId)?.nombre}</span>
                </span>
                <span className={indice === 0 ? 'cifra font-semibold' : 'cifra'}>
                  {dinero(precio, moneda)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </CursorList>
    </section>
  )
}
