import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { problemaDe } from '../../api.ts'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { nuevo } from '../envios/nuevo.ts'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Edicion } from '../ui/edicion.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import { crearCupon, type Cupon, edicionDe, type FormaCupon, opcionesCupon } from './datos.ts'
import { HojaCupon } from './hoja.tsx'
import { useTextosCupones } from './textos.ts'
import type { ConVersion } from '../datos/version.ts'

const ruta = getRouteApi('/gestion/cupones/$codigo')

/** One coupon, or one that is to be. */
export function CuponPage() {
  const t = useTextosCupones()
  const { codigo } = ruta.useParams()
  const esAdmin = useEsAdmin()
  return (
    <>
      <PageHead
        title={codigo === nuevo ? t.nuevo : codigo}
        back={{ to: '/gestion/cupones', label: t.titulo }}
      />
      {!esAdmin ? (
        <Notice tone="neutral">{t.soloAdmin}</Notice>
      ) : codigo === nuevo ? (
        <Nuevo />
      ) : (
        <Leido key={codigo} codigo={codigo} />
      )}
    </>
  )
}

function Nuevo() {
  const t = useTextosCupones()
  const navegar = ruta.useNavigate()
  const consultas = useQueryClient()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  return (
    <>
      {pregunta}
      <HojaCupon
        cupon={undefined}
        inicial={undefined}
        conFoco={false}
        alEscribir={alEscribir}
        guardar={async (forma, de) => {
          await crearCupon(consultas, de, forma)
          alGuardar()
          toast(t.guardado(de.codigo), { forNextPage: true })
          await navegar({ to: '/gestion/cupones' })
        }}
      />
    </>
  )
}

function Leido({ codigo }: { readonly codigo: string }) {
  const t = useTextosCupones()
  const consulta = useQuery(opcionesCupon(codigo))
  if (problemaDe(consulta.error)?.codigo === 'no-encontrado') {
    return <Empty title={t.noExiste} text={codigo} />
  }
  const data = consulta.isFetchedAfterMount ? consulta.data : undefined
  return (
    <Loaded query={{ ...consulta, data }} waiting={<LoadingRows />}>
      {({ cupon, leida }) => <Editar cupon={cupon} leida={leida} />}
    </Loaded>
  )
}

interface EditarProps {
  readonly cupon: Cupon
  readonly leida: ConVersion<FormaCupon>
}

function Editar({ cupon, leida }: EditarProps) {
  const t = useTextosCupones()
  const edicion = edicionDe(useQueryClient(), cupon.codigo)
  const guardado = () => t.guardado(cupon.codigo)
  return (
    <Edicion leida={leida} {...edicion} campos={t.campos} guardado={guardado}>
      {(hoja) => <HojaCupon cupon={cupon} {...hoja} />}
    </Edicion>
  )
}
