import type { Cotizacion } from '@encargo/client'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { classNames } from '../../ui/class-names.ts'

type Cuenta = Pick<
  Cotizacion,
  'subtotal' | 'descuento' | 'envioImporte' | 'impuestos' | 'moneda'
> & {
  readonly metodoEnvio: { readonly nombre: string } | null
  readonly cupon?: string | null
}

interface TotalesProps {
  /** Undefined as long as all that is known is the total. */
  readonly cuenta: Cuenta | undefined
  readonly total: number
  readonly moneda: string
  readonly className?: string
}

/** How a total comes about: only as many lines as there is something to say. */
export function Totales({ cuenta, total, moneda, className }: TotalesProps) {
  const t = useTextos()
  const { dinero, tasa } = useFormato()
  const { subtotal = total, descuento = 0, metodoEnvio = null, envioImporte = 0 } = cuenta ?? {}
  const gravados = cuenta?.impuestos.filter((uno) => uno.tasa > 0) ?? []
  const partes: (readonly [string, string])[] = [
    ...(descuento > 0
      ? [[t.compra.descuento(cuenta?.cupon ?? ''), dinero(-descuento, moneda)] as const]
      : []),
    ...(metodoEnvio
      ? [
          [
            metodoEnvio.nombre,
            envioImporte === 0 ? t.compra.gratis : dinero(envioImporte, moneda),
          ] as const,
        ]
      : []),
  ]
  return (
    <dl className={classNames('border-linea mt-4 flex flex-col gap-1.5 border-t pt-4', className)}>
      {partes.length > 0 && <Fila que={t.compra.subtotal} cuanto={dinero(subtotal, moneda)} />}
      {partes.map(([que, cuanto]) => (
        <Fila key={que} que={que} cuanto={cuanto} />
      ))}
      <div className="flex items-baseline justify-between gap-4 text-lg font-semibold">
        <dt>{t.cesta.total}</dt>
        <dd className="cifra text-2xl">{dinero(total, moneda)}</dd>
      </div>
      {gravados.map((uno) => (
        <div
          key={`${uno.codigo} ${uno.tasa}`}
          className="text-suave flex items-baseline justify-between gap-4 text-sm"
        >
          <dt>{t.compra.incluye(tasa(uno.tasa))}</dt>
          <dd className="cifra">{dinero(uno.impuesto, moneda)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Fila = ({ que, cuanto }: { readonly que: string; readonly cuanto: string }) => (
  <div className="flex items-baseline justify-between gap-4">
    <dt className="min-w-0">{que}</dt>
    <dd className="cifra">{cuanto}</dd>
  </div>
)
