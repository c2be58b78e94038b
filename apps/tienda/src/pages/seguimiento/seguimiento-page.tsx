import type { PedidoSeguido } from '@encargo/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { EnCamino } from '../../sesion/con-sesion.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { Page } from '../../ui/page.tsx'
import type { Acceso } from '../pago/acceso.ts'
import { Pago } from '../pago/panel.tsx'
import { enMarcha } from '../pago/situacion.ts'
import { Cancelar } from '../pedidos/cancelar.tsx'
import { Historial, Lineas } from '../pedidos/detalle.tsx'
import { Gracias } from '../pedidos/gracias.tsx'
import { ComoLlega } from '../pedidos/como-llega.tsx'
import { ComoVa } from '../pedidos/como-va.tsx'
import { cancelarSeguido, opcionesSeguido } from './datos.ts'
import { Conservar } from './conservar.tsx'
import { Enlace } from './enlace.tsx'

const cadaMs = 30_000
const ruta = getRouteApi('/seguimiento/$token')

/** An order for whoever has its link, signed in or not. */
export function SeguimientoPage() {
  const { token } = ruta.useParams()
  const consulta = useQuery({
    ...opcionesSeguido(token),
    ...insistente,
    // Nobody who is not signed in is told of changes as they happen.
    refetchInterval: ({ state: { data } }) =>
      data && (data.estado === 'Pendiente' || enMarcha(data)) ? cadaMs : false,
  })
  return (
    <LoPedido consulta={consulta} motivo={motivoDe(consulta)} espera={<EnCamino />}>
      {(pedido) => <Hoja token={token} pedido={pedido} />}
    </LoPedido>
  )
}

interface HojaProps {
  readonly token: string
  readonly pedido: PedidoSeguido
}

function Hoja({ token, pedido }: HojaProps) {
  const t = useTextos()
  const consultas = useQueryClient()
  const { nuevo } = ruta.useSearch()
  const { numero, estado, metodoEnvio } = pedido
  const acceso: Acceso = { tipo: 'enlace', token }
  const refrescar = useCallback(
    () => void consultas.invalidateQueries({ queryKey: opcionesSeguido(token).queryKey }),
    [consultas, token],
  )
  const cancelar = async (motivo: string) => {
    const cancelado = await cancelarSeguido(token, motivo)
    consultas.setQueryData(opcionesSeguido(token).queryKey, cancelado)
  }
  return (
    <Page title={t.pedidos.numero(numero)}>
      <div className="flex flex-col gap-6">
        {nuevo === true && <Gracias texto={t.seguimiento.gracias} />}
        <ComoVa pedido={pedido}>
          {estado === 'Pendiente' && <Cancelar {...pedido} cancelar={cancelar} />}
        </ComoVa>
        <Pago {...{ pedido, acceso, refrescar }} />
        {estado === 'Pendiente' && <ComoLlega metodo={metodoEnvio} />}
        <Enlace />
        {pedido.conservable && <Conservar token={token} />}
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] print:block">
          <Lineas pedido={pedido} />
          <Historial pedido={pedido} />
        </div>
      </div>
    </Page>
  )
}
