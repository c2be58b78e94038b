import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Edicion } from '../ui/edicion.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import {
  crearMetodo,
  edicionDe,
  type FormaMetodo,
  formaDe,
  type Metodo,
  opcionesMetodos,
} from './datos.ts'
import { HojaMetodo } from './hoja.tsx'
import { nuevo } from './nuevo.ts'
import { useTextosEnvios } from './textos.ts'

const ruta = getRouteApi('/gestion/envios/$codigo')

/** One shipping method, or one that is to be. */
export function MetodoPage() {
  const t = useTextosEnvios()
  const { codigo } = ruta.useParams()
  const consulta = useQuery(opcionesMetodos())
  // The log of what staff do leads here by the code in lower case.
  const suyo = codigo.toLowerCase()
  const metodo = consulta.data?.find((uno) => uno.codigo.toLowerCase() === suyo)
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
  const edicion = edicionDe(useQueryClient(), metodo.codigo)
  const guardado = ({ nombre }: FormaMetodo) => t.guardado(nombre)
  return (
    <Edicion leida={formaDe(metodo)} {...edicion} campos={t.campos} guardado={guardado}>
      {(hoja) => <HojaMetodo {...hoja} />}
    </Edicion>
  )
}
