import type { Pedido } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { Estado } from './estado.tsx'

export function Detalle({ pedido }: { readonly pedido: Pedido }) {
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] print:block">
      <Lineas pedido={pedido} />
      <div className="flex flex-col gap-6 print:mt-6 print:flex-row print:*:flex-1">
        <Envio pedido={pedido} />
        <Historial pedido={pedido} />
      </div>
    </div>
  )
}

function Lineas({ pedido: { lineas, moneda, total } }: { readonly pedido: Pedido }) {
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
      <p className="border-linea mt-1 flex items-baseline justify-between border-t pt-4 text-lg font-semibold">
        <span>{t.pedidos.total}</span>
        <span className="text-2xl cifra">{dinero(total, moneda)}</span>
      </p>
    </Panel>
  )
}

export function Envio({ pedido: { direccionEnvio: d, notas } }: { readonly pedido: Pedido }) {
  const t = useTextos()
  const { region } = useLengua()
  const pais = d && (new Intl.DisplayNames(region, { type: 'region' }).of(d.pais) ?? d.pais)
  const ciudad = d && [d.codigoPostal, d.ciudad, d.provincia].filter(Boolean).join(', ')
  return (
    <Panel title={t.pedidos.envio}>
      {d ? (
        <address className="not-italic">
          {[d.nombre, d.calle, ciudad, pais, d.telefono].filter(Boolean).map((linea) => (
            <p key={linea}>{linea}</p>
          ))}
        </address>
      ) : (
        <p>{t.pedidos.sinEnvio}</p>
      )}
      {notas !== null && (
        <>
          <h3 className="mt-4 font-medium">{t.pedidos.notas}</h3>
          <p className="text-suave whitespace-pre-line">{notas}</p>
        </>
      )}
    </Panel>
  )
}

function Historial({ pedido: { historial } }: { readonly pedido: Pedido }) {
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
