import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { EventoSeguido, Pedido } from '@encargo/client'
import { usePedidosEnVivo } from '../../datos/en-vivo.ts'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { ConSesion, EnCamino } from '../../sesion/con-sesion.tsx'
import { useFormato } from '../../textos/formato.ts'
import { lenguaActual, useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { Page } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Cancelar } from './cancelar.tsx'
import { EnVivo, Estado } from './estado.tsx'
import { Detalle } from './detalle.tsx'

const ruta = getRouteApi('/pedidos/$id')

/** Heard by those who don't see the badge change. */
function contar({ numero, estado }: EventoSeguido): void {
  const { pedidos: t } = lenguaActual().textos
  if (estado !== 'Pendiente') toast(t.cambioA(numero, t.estado[estado]))
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
  const { fechaYHora } = useFormato()
  const { nuevo } = ruta.useSearch()
  const vivo = usePedidosEnVivo(contar)
  return (
    <Page title={t.pedidos.numero(pedido.numero)} aside={<EnVivo estado={vivo} />}>
      <div className="mb-4">
        <BackLink to="/pedidos" label={t.pedidos.volver} />
      </div>
      <div className="flex flex-col gap-6">
        {nuevo === true && (
          <div className="print:hidden">
            <Notice tone="good" title={t.pedidos.gracias} urgent>
              {t.pedidos.graciasTexto}
            </Notice>
          </div>
        )}
        <div className="carta flex flex-wrap items-center justify-between gap-4 p-5">
          <div className="flex flex-col gap-1.5">
            <Estado estado={pedido.estado} />
            <p>{t.pedidos.explicaEstado[pedido.estado]}</p>
            {pedido.estado === 'Pendiente' && (
              <p className="text-suave text-sm">{t.pedidos.hasta(fechaYHora(pedido.expiraEn))}</p>
            )}
            {pedido.motivo !== null && (
              <p className="text-suave text-sm">{t.pedidos.motivo(pedido.motivo)}</p>
            )}
          </div>
          {pedido.estado === 'Pendiente' && <Cancelar pedido={pedido} />}
        </div>
        <Detalle pedido={pedido} />
      </div>
    </Page>
  )
}
