import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Pedido } from '@encargo/client'
import { opcionesPedido, situacionDe } from '../../datos/pedidos.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { EnVivo, Estado } from '../../pages/pedidos/estado.tsx'
import { EnCamino } from '../../sesion/con-sesion.tsx'
import { useFormato } from '../../textos/formato.ts'
import { Button } from '../../ui/button.tsx'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { PageHead } from '../ui/page-head.tsx'
import { AvisosDePedido } from '../avisos/de-pedido.tsx'
import { PanelPago } from '../cobros/panel-pago.tsx'
import { Acciones } from './acciones.tsx'
import { Anulado, Anular } from './anular.tsx'
import { Cliente } from './cliente.tsx'
import { DatosFactura } from './datos-factura.tsx'
import { Documentos } from './documentos.tsx'
import { useTableroEnVivo } from './en-vivo.ts'
import { RetirarEnlaces } from './enlace.tsx'
import { Entrega } from './entrega.tsx'
import { Existencias } from './existencias.tsx'
import { Historia } from './historia.tsx'
import { Listo } from './listo.tsx'
import { Notas } from './notas.tsx'
import { Plazo } from './plazo.tsx'
import { Lineas } from './lineas.tsx'

const ruta = getRouteApi('/gestion/pedidos/$id')

/** One order: all that is known of it, and how it came to be so. */
export function PedidoPage() {
  const { id } = ruta.useParams()
  const consulta = useQuery(opcionesPedido(id))
  return (
    <LoPedido consulta={consulta} motivo={consulta.error} espera={<EnCamino />}>
      {(pedido) => <Hoja pedido={pedido} />}
    </LoPedido>
  )
}

function Hoja({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { fechaYHora } = useFormato()
  const { estado } = useTableroEnVivo()
  return (
    <>
      <PageHead
        title={t.pedido(pedido.numero)}
        back={{ to: '/gestion/pedidos', label: t.titulo }}
        lead={t.creado(fechaYHora(pedido.creadoEn))}
        actions={
          <>
            <EnVivo estado={estado} />
            <RetirarEnlaces pedido={pedido} />
            <Button look="secondary" onClick={() => print()}>
              {t.imprimir}
            </Button>
          </>
        }
      />
      <div className="grid items-start gap-5 xl:not-print:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Situacion pedido={pedido} />
          <Lineas pedido={pedido} />
          <PanelPago pedido={pedido} />
          <Notas id={pedido.id} />
          <Historia pedido={pedido} />
        </div>
        {/* On paper, what belongs on the parcel comes first. */}
        <div className="flex min-w-0 flex-col gap-5 print:order-first print:flex-row print:*:flex-1">
          <Cliente pedido={pedido} />
          <Entrega pedido={pedido} />
          <DatosFactura pedido={pedido} />
          <Documentos id={pedido.id} />
          <AvisosDePedido pedido={pedido} />
          <Existencias pedido={pedido} />
        </div>
      </div>
    </>
  )
}

/** How it stands, and what can be done about it. */
function Situacion({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const { fechaYHora } = useFormato()
  return (
    <div
      id="situacion"
      tabIndex={-1}
      className="carta flex flex-wrap items-center justify-between gap-4 p-5"
    >
      <div className="flex min-w-0 flex-col gap-1.5">
        <Estado estado={situacionDe(pedido)} />
        <Listo pedido={pedido} />
        {pedido.estado === 'Pendiente' && pedido.expiraEn !== null && (
          <div className="flex flex-col gap-1.5 print:hidden">
            <Plazo pedido={pedido} />
            <p className="text-suave text-sm">{t.reservadoHasta(fechaYHora(pedido.expiraEn))}</p>
          </div>
        )}
        {pedido.estado !== 'Pendiente' && (
          <p className="text-suave text-sm">{t.desdeCuando(fechaYHora(pedido.actualizadoEn))}</p>
        )}
        {pedido.motivo !== null && <p>{t.motivoDe(pedido.motivo)}</p>}
        {pedido.anulado !== null && <Anulado pedido={pedido} anulado={pedido.anulado} />}
      </div>
      <Acciones pedido={pedido} foco="situacion" conGuardar />
      <Anular pedido={pedido} foco="situacion" />
    </div>
  )
}
