import type { Pedido } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { Totales } from '../compra/totales.tsx'
import { DireccionEscrita } from './direccion.tsx'
import { Estado } from './estado.tsx'
import { identificacionEscrita } from './identificacion.ts'

export function Detalle({ pedido }: { readonly pedido: Pedido }) {
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] print:block">
      <Lineas pedido={pedido} />
      <div className="flex flex-col gap-6 print:mt-6 print:flex-row print:*:flex-1">
        <Envio pedido={pedido} />
        <Quien pedido={pedido} />
        <Historial pedido={pedido} />
      </div>
    </div>
  )
}

type Cuenta = Pick<
  Pedido,
  | 'lineas'
  | 'subtotal'
  | 'descuento'
  | 'metodoEnvio'
  | 'envioImporte'
  | 'impuestos'
  | 'cupon'
  | 'total'
  | 'moneda'
>

export function Lineas({ pedido }: { readonly pedido: Cuenta }) {
  const { lineas, moneda, total } = pedido
  const t = useTextos()
  const { dinero } = useFormato()
  return (
    <Panel title={t.pedidos.lineas} className="h-fit">
      <ul className="divide-linea divide-y">
        {lineas.map(({ productoId, nombre, cantidad, precioUnitario, subtotal }) => (
          <li key={productoId} className="flex flex-wrap items-baseline gap-x-4 py-3">
            <div className="min-w-0 flex-1 basis-36">
              <Link
                to="/productos/$id"
                params={{ id: productoId }}
                className="font-medium underline-offset-4 hover:underline"
              >
                {nombre}
              </Link>
              <p className="text-suave cifra text-sm">
                {`${cantidad} × ${dinero(precioUnitario, moneda)}`}
              </p>
            </div>
            <p className="cifra ml-auto font-medium">{dinero(subtotal, moneda)}</p>
          </li>
        ))}
      </ul>
      <Totales cuenta={pedido} total={total} moneda={moneda} />
    </Panel>
  )
}

export function Envio({ pedido }: { readonly pedido: Pedido }) {
  const { direccionEnvio: d, notas, metodoEnvio } = pedido
  const t = useTextos()
  return (
    <Panel title={t.pedidos.envio}>
      {metodoEnvio && <p className="font-medium">{metodoEnvio.nombre}</p>}
      {d ? <DireccionEscrita direccion={d} /> : <p>{t.pedidos.sinEnvio}</p>}
      {notas !== null && (
        <>
          <h3 className="mt-4 font-medium">{t.pedidos.notas}</h3>
          <p className="text-suave whitespace-pre-line">{notas}</p>
        </>
      )}
    </Panel>
  )
}

/** Whom the shop writes to about it, and whom the invoice is for, where anything was said of that. */
function Quien({ pedido: { contacto, facturacion } }: { readonly pedido: Pedido }) {
  const t = useTextos()
  const lineas = contacto ? [contacto.nombre, contacto.email, contacto.telefono] : []
  return (
    <>
      {contacto && (
        <Panel title={t.compra.contacto}>
          {lineas.filter(Boolean).map((linea) => (
            <p key={linea}>{linea}</p>
          ))}
        </Panel>
      )}
      {facturacion && (
        <Panel title={t.compra.factura}>
          <p>{facturacion.razonSocial}</p>
          <p>{identificacionEscrita(t, facturacion.identificacion)}</p>
          {facturacion.direccion !== undefined && <p>{facturacion.direccion}</p>}
        </Panel>
      )}
    </>
  )
}

type ConHistoria = { readonly historial: readonly Omit<Pedido['historial'][number], 'actor'>[] }

export function Historial({ pedido: { historial } }: { readonly pedido: ConHistoria }) {
  const t = useTextos()
  const { fechaYHora } = useFormato()
  return (
    <Panel title={t.pedidos.historial}>
      <ol className="border-linea flex flex-col gap-4 border-l-2 pl-4">
        {historial.map(({ estado, en, motivo, tipo }) => (
          <li key={`${en} ${tipo ?? estado}`} className="flex flex-col gap-1">
            {tipo ? <p>{t.pedidos.sucesos[tipo]}</p> : <Estado estado={estado} />}
            <time dateTime={en} className="text-suave text-sm">
              {fechaYHora(en)}
            </time>
            {motivo !== null && <p className="text-sm">{t.pedidos.motivo(motivo)}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
