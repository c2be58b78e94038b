import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ErrorDeCampo } from '../../formularios/formulario.ts'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { type MetodoPago, opcionesMetodosPago } from '../cobros/datos.ts'
import { nuevo } from '../envios/nuevo.ts'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Edicion } from '../ui/edicion.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import { crearMetodo, edicionDe, type FormaMetodoPago, formaDe } from './datos.ts'
import { HojaMetodoPago } from './hoja.tsx'
import { useTextosMetodosPago } from './textos.ts'

const ruta = getRouteApi('/gestion/metodos-pago/$codigo')

/** One way to pay, or one that is to be. */
export function MetodoPagoPage() {
  const t = useTextosMetodosPago()
  const { codigo } = ruta.useParams()
  const esAdmin = useEsAdmin()
  const consulta = useQuery(opcionesMetodosPago())
  const metodo = consulta.data?.datos.find((uno) => uno.codigo === codigo)
  return (
    <>
      <PageHead
        title={codigo === nuevo ? t.nuevo : (metodo?.nombre ?? codigo)}
        back={{ to: '/gestion/metodos-pago', label: t.titulo }}
      />
      {!esAdmin ? (
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
  const t = useTextosMetodosPago()
  const navegar = ruta.useNavigate()
  const consultas = useQueryClient()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  return (
    <>
      {pregunta}
      <HojaMetodoPago
        inicial={undefined}
        conFoco={false}
        alEscribir={alEscribir}
        guardar={async (forma, codigo) => {
          if (!(await crearMetodo(consultas, codigo, forma))) {
            throw new ErrorDeCampo('codigo', t.codigoEnUso)
          }
          alGuardar()
          toast(t.guardado(forma.nombre), { forNextPage: true })
          await navegar({ to: '/gestion/metodos-pago' })
        }}
      />
    </>
  )
}

function Editar({ metodo }: { readonly metodo: MetodoPago }) {
  const t = useTextosMetodosPago()
  const edicion = edicionDe(useQueryClient(), metodo.codigo)
  const guardado = ({ nombre }: FormaMetodoPago) => t.guardado(nombre)
  return (
    <Edicion leida={formaDe(metodo)} {...edicion} campos={t.campos} guardado={guardado}>
      {(hoja) => <HojaMetodoPago {...hoja} />}
    </Edicion>
  )
}
