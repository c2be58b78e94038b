import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { EventoSeguido, Pedido } from '@encargo/client'
import { useCallback } from 'react'
import { usePedidosEnVivo } from '../../datos/en-vivo.ts'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { cancelarPedido, opcionesPedido, situacionDe } from '../../datos/pedidos.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { ConSesion, EnCamino } from '../../sesion/con-sesion.tsx'
import { lenguaActual, useTextos } from '../../textos/idioma.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Page } from '../../ui/page.tsx'
import { panelLink } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { cuenta } from '../pago/acceso.ts'
import { Pago } from '../pago/panel.tsx'
import { Cancelar } from './cancelar.tsx'
import { ComoLlega } from './como-llega.tsx'
import { ComoVa } from './como-va.tsx'
import { EnVivo } from './estado.tsx'
import { Detalle } from './detalle.tsx'
import { Gracias } from './gracias.tsx'

const ruta = getRouteApi('/pedidos/$id')

/** Heard by those who don't see the badge change. */
function contar(evento: EventoSeguido): void {
  const { numero, estado } = evento
  const { pedidos: t } = lenguaActual().textos
  if (estado !== 'Pendiente')
    toast(t.cambioA(numero, t.estado[situacionDe({ estado, historial: [evento] })]))
}

export const PedidoPage = () => <ConSesion>{() => <Uno />}</ConSesion>

function Uno() {
  const { id } = ruta.useParams()
  const consulta = useQuery({ ...opcionesPedido(id), ...insistente })
  return (
    <LoPedido consulta={consulta} motivo={motivoDe(consulta)} espera={<EnCamino />}>
      {(pedido) => <Hoja pedido={pedido} />}
    </LoPedido>
  )
}

function Hoja({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextos()
  const consultas = useQueryClient()
  const { nuevo } = ruta.useSearch()
  const vivo = usePedidosEnVivo(contar)
  const cancelar = async (motivo: string) => {
    const cancelado = await cancelarPedido(pedido.id, motivo)
    consultas.setQueryData(opcionesPedido(pedido.id).queryKey, cancelado)
    void consultas.invalidateQueries({ queryKey: ['pedidos'] })
  }
  const refrescar = useCallback(
    () => void consultas.invalidateQueries({ queryKey: ['pedidos'] }),
    [consultas],
  )
  return (
    <Page title={t.pedidos.numero(pedido.numero)} aside={<EnVivo estado={vivo} />}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4">
        <BackLink to="/pedidos" label={t.pedidos.volver} />
        <Link to="/pedidos/$id/recibo" params={{ id: pedido.id }} className={panelLink}>
          {t.pedidos.recibo}
        </Link>
      </div>
      <div className="flex flex-col gap-6">
        {nuevo === true && <Gracias texto={t.pedidos.graciasTexto} />}
        <ComoVa pedido={pedido}>
          {pedido.estado === 'Pendiente' && <Cancelar {...pedido} cancelar={cancelar} />}
        </ComoVa>
        <Pago {...{ pedido, refrescar }} acceso={cuenta} />
        {pedido.estado === 'Pendiente' && <ComoLlega metodo={pedido.metodoEnvio} />}
        <Detalle pedido={pedido} />
      </div>
    </Page>
  )
}
