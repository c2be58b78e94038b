import type { Pedido } from '@encargo/client'
import type { ReactNode } from 'react'
import { Totales } from '../pages/compra/totales.tsx'
import { DireccionEscrita } from '../pages/pedidos/direccion.tsx'
import { identificacionEscrita } from '../pages/pedidos/identificacion.ts'
import { useFormato } from '../textos/formato.ts'
import { useTextos } from '../textos/idioma.ts'
import { classNames } from '../ui/class-names.ts'
import { type Documento, efectivoDe, type Papel, unidadesDe } from './datos.ts'
import { Pagado } from './pagado.tsx'
import { useTextosDocumentos } from './textos.ts'

interface HojaProps {
  readonly pedido: Pedido
  readonly documento: Documento
  readonly papel: Papel
  /** Cash that was given, in minor units, as the address says it. */
  readonly recibido?: string | undefined
  /** Staff see what was noted with each payment. */
  readonly deCaja?: boolean
}

/** One document of one order, as it is printed; the shop's name stands above it, in the page's header. */
export function Hoja({ pedido, documento, papel, recibido, deCaja = false }: HojaProps) {
  const t = useTextosDocumentos()
  const { fechaYHora } = useFormato()
  const esRecibo = documento === 'recibo'
  return (
    <article
      className={classNames(
        'carta hoja mx-auto w-full p-5 print:border-0 print:p-0',
        papel === '80mm' ? 'ticket max-w-[72mm]' : 'max-w-3xl',
      )}
    >
      <header className="mb-3">
        <h2 className="text-xl font-semibold">{t.titulos[documento]}</h2>
        <p>
          <span>{t.pedido(pedido.numero)}</span> <span>{`· ${fechaYHora(pedido.creadoEn)}`}</span>
        </p>
        {pedido.anulado !== null && <p className="text-lg font-bold">{t.anulado}</p>}
        {pedido.estado === 'Cancelado' && <p className="text-lg font-bold">{t.cancelado}</p>}
      </header>
      <Quien pedido={pedido} />
      {!esRecibo && <Entrega pedido={pedido} />}
      <Lineas pedido={pedido} documento={documento} />
      {esRecibo && <Cuenta pedido={pedido} recibido={recibido} />}
      {esRecibo && <Pagado pedido={pedido} deCaja={deCaja} />}
      {documento === 'albaran' && <p className="mt-10 border-t pt-1">{t.firma}</p>}
      {documento !== 'picking' && <p className="mt-4 text-sm font-medium">{t.noEsFactura}</p>}
    </article>
  )
}

const Parte = ({ titulo, children }: { readonly titulo: string; readonly children: ReactNode }) => (
  <section className="mb-3 break-words">
    <h3 className="text-sm font-semibold">{titulo}</h3>
    {children}
  </section>
)

function Quien({ pedido: { contacto, facturacion } }: Pick<HojaProps, 'pedido'>) {
  const t = useTextosDocumentos()
  const textos = useTextos()
  return (
    <>
      {contacto && (
        <Parte titulo={t.cliente}>
          {[contacto.nombre, contacto.telefono].filter(Boolean).map((linea) => (
            <p key={linea}>{linea}</p>
          ))}
        </Parte>
      )}
      {facturacion && (
        <Parte titulo={t.factura}>
          <p>{facturacion.razonSocial}</p>
          <p>{identificacionEscrita(textos, facturacion.identificacion)}</p>
          {facturacion.direccion !== undefined && <p>{facturacion.direccion}</p>}
        </Parte>
      )}
    </>
  )
}

function Entrega({ pedido }: Pick<HojaProps, 'pedido'>) {
  const t = useTextosDocumentos()
  const textos = useTextos()
  const { direccionEnvio, metodoEnvio, notas } = pedido
  return (
    <>
      <Parte titulo={t.entrega}>
        {metodoEnvio && <p className="font-medium">{metodoEnvio.nombre}</p>}
        {direccionEnvio ? (
          <DireccionEscrita direccion={direccionEnvio} />
        ) : (
          <p>{textos.pedidos.sinEnvio}</p>
        )}
      </Parte>
      {notas !== null && (
        <Parte titulo={t.notas}>
          <p className="whitespace-pre-line">{notas}</p>
        </Parte>
      )}
    </>
  )
}

function Lineas({ pedido, documento }: Pick<HojaProps, 'pedido' | 'documento'>) {
  const t = useTextosDocumentos()
  const { dinero, numero } = useFormato()
  const { lineas, moneda } = pedido
  return (
    <>
      <ul className="divide-linea border-linea divide-y border-y">
        {lineas.map(({ productoId, sku, nombre, cantidad, precioUnitario, subtotal }) => (
          <li key={productoId} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            {documento === 'picking' && <span aria-hidden="true">☐</span>}
            <span className="cifra font-semibold">{numero(cantidad)}</span>
            <span className="min-w-0 flex-1 basis-32 break-words">
              <span>{nombre}</span> <span className="text-sm">{`· ${sku}`}</span>
            </span>
            {documento === 'recibo' && (
              <span className="cifra ml-auto">
                {cantidad === 1
                  ? dinero(subtotal, moneda)
                  : `${dinero(precioUnitario, moneda)} · ${dinero(subtotal, moneda)}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-sm">{t.unidades(unidadesDe(pedido))}</p>
    </>
  )
}

function Cuenta({ pedido, recibido }: Pick<HojaProps, 'pedido' | 'recibido'>) {
  const t = useTextosDocumentos()
  const { dinero, tasa } = useFormato()
  const { total, moneda, impuestos } = pedido
  const efectivo = efectivoDe(pedido, recibido)
  const filas: readonly (readonly [string, number])[] = [
    ...impuestos.flatMap((uno) =>
      uno.tasa > 0 ? [[t.base(tasa(uno.tasa)), uno.base] as const] : [],
    ),
    ...(efectivo
      ? [
          [t.recibido, efectivo.recibido] as const,
          efectivo.falta > 0
            ? ([t.falta, efectivo.falta] as const)
            : ([t.cambio, efectivo.cambio] as const),
        ]
      : []),
  ]
  return (
    <>
      <Totales cuenta={pedido} total={total} moneda={moneda} />
      <dl className="mt-1.5 flex flex-col gap-1.5 text-sm">
        {filas.map(([que, cuanto]) => (
          <div key={que} className="flex items-baseline justify-between gap-4">
            <dt>{que}</dt>
            <dd className="cifra">{dinero(cuanto, moneda)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
