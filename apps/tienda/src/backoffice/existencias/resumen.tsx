import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EstadoExistencia } from './cifras.tsx'
import { type Existencia, hayDe, opcionesExistencia } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

/** On the page of a product: how many there are, and the way to its stock. */
export function ResumenExistencias({ productoId }: { readonly productoId: string }) {
  const t = useTextosExistencias()
  const textos = useTextos()
  const { data, error } = useQuery(opcionesExistencia(productoId))
  return (
    <section aria-labelledby="existencias" className="carta flex flex-col gap-3 p-5">
      <div className="flex items-center justify-between gap-3">
        <h2 id="existencias" className="text-lg font-semibold">
          {t.titulo}
        </h2>
        {data !== undefined && <EstadoExistencia existencia={data} />}
      </div>
      {data && <Renglones existencia={data} />}
      {data === null && <p className="text-suave">{t.sinRegistroTexto}</p>}
      {data === undefined &&
        (error ? <p className="text-mal">{textoDeFallo(textos, error)}</p> : <Falta />)}
      <Link
        to="/gestion/existencias/$id"
        params={{ id: productoId }}
        className={buttonClass('secondary', 'small')}
      >
        {data === null ? t.abrir.titulo : t.mover.titulo}
      </Link>
    </section>
  )
}

const Falta = () => <Skeleton className="h-16" />

function Renglones({ existencia }: { readonly existencia: Existencia }) {
  const t = useTextosExistencias()
  const { numero } = useFormato()
  const cifras = ['fisico', 'reservado', 'disponible'] as const
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
      {cifras.map((cual) => (
        <div key={cual} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-suave">{t[cual]}</dt>
          <dd className="text-right font-medium cifra">
            {numero(cual === 'fisico' ? hayDe(existencia) : existencia[cual])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
