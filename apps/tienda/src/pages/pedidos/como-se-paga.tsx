import { queryOptions, useQuery } from '@tanstack/react-query'
import { con, pedir, visitante } from '../../api.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'

const opcionesAjustes = () =>
  queryOptions({
    queryKey: ['pedidos', 'ajustes'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => pedir(visitante().pedidos.ajustes.publicos.get(con(signal))),
  })

/** How the shop wants to be paid, in its own words; nothing where it says nothing. */
export function ComoSePaga() {
  const { textos: t, idioma } = useLengua()
  const { data } = useQuery(opcionesAjustes())
  const { es, en } = data?.instruccionesPago ?? {}
  const texto = (idioma === 'en' ? en : es) ?? es ?? en ?? ''
  if (texto === '') return null
  return (
    <Panel title={t.compra.comoSePaga}>
      <p className="whitespace-pre-line">{texto}</p>
    </Panel>
  )
}
