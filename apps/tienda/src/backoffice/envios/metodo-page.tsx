import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { useEncuentro } from '../datos/encuentro.ts'
import { useEsAdmin } from '../personal.ts'
import { useSinGuardar } from '../productos/sin-guardar.tsx'
import { Cruce } from '../ui/cruce.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { crearMetodo, edicionDe, formaDe, type Metodo, opcionesMetodos } from './datos.ts'
import { HojaMetodo } from './hoja.tsx'
import { nuevo } from './nuevo.ts'
import { useTextosEnvios } from './textos.ts'

const ruta = getRouteApi('/gestion/envios/$codigo')

/** One shipping method, or one that is to be. */
export function MetodoPage() {
  const t = useTextosEnvios()
  const { codigo } = ruta.useParams()
  const consulta = useQuery(opcionesMetodos())
  const metodo = consulta.data?.find((uno) => uno.codigo === codigo)
  return (
    <>
      <PageHead
        title={codigo === nuevo ? t.nuevo : (metodo?.nombre ?? codigo)}
        back={{ to: '/gestion/envios', label: t.titulo }}
      />
      {!useEsAdmin() ? (
        <Notice tone="neutral">{t.soloAdmin}</Notice>
      ) : codigo === nuevo ? (
        <Nuevo />
      ) : (
        <Loaded query={consulta} waiting={<LoadingRows />}>
          {() => (metodo ? <Editar metodo={metodo} /> : <Empty title={t.noExiste} text={codigo} />)}
        </Loaded>
      )}
    </>
  )
}

function Nuevo() {
  const t = useTextosEnvios()
  const navegar = ruta.useNavigate()
  const consultas = useQueryClient()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  return (
    <>
      {pregunta}
      <HojaMetodo
        inicial={undefined}
        conFoco={false}
        alEscribir={alEscribir}
        guardar={async (forma, codigo) => {
          await crearMetodo(consultas, codigo, forma)
          alGuardar()
          toast(t.guardado(forma.nombre), { forNextPage: true })
          await navegar({ to: '/gestion/envios' })
        }}
      />
    </>
  )
}

function Editar({ metodo }: { readonly metodo: Metodo }) {
  const t = useTextosEnvios()
  const consultas = useQueryClient()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  const { inicial, guardar } = useEncuentro({
    leida: formaDe(metodo),
    ...edicionDe(consultas, metodo.codigo),
  })
  const { forma, vez, ajenos } = inicial
  return (
    <>
      {pregunta}
      <Cruce
        texto={
          vez > 0 ? t.cruce(ajenos.map((campo) => t.campos[campo] ?? campo).join(', ')) : undefined
        }
      />
      <HojaMetodo
        key={vez}
        inicial={forma}
        conFoco={vez > 0}
        alEscribir={alEscribir}
        guardar={async (mia) => {
          const como = await guardar(mia)
          if (como === 'cruzado') return
          alGuardar()
          toast(como === 'guardado' ? t.guardado(mia.nombre) : t.nadaCambio)
        }}
      />
    </>
  )
}
