import type { Pedido } from '@encargo/client'
import { useFormato } from '../../textos/formato.ts'
import { useTextosTrato } from '../textos/trato.ts'

export type Cuenta = Pick<
  Pedido,
  | 'subtotal'
  | 'descuento'
  | 'envioImporte'
  | 'impuesto'
  | 'base'
  | 'total'
  | 'moneda'
  | 'impuestos'
  | 'cupon'
> & { readonly metodoEnvio: { readonly nombre: string } | null }

/** How a total comes about, with its tax by rate; no more lines than there is something to say. */
export function Totales({ cuenta }: { readonly cuenta: Cuenta }) {
  const t = useTextosTrato()
  const { dinero, tasa } = useFormato()
  const { subtotal, descuento, envioImporte, metodoEnvio, cupon, total, base, moneda } = cuenta
  const gravados = cuenta.impuestos.filter((uno) => uno.tasa > 0)
  const partes = [
    descuento > 0 && ([t.descuento(cupon ?? ''), dinero(-descuento, moneda)] as const),
    metodoEnvio !== null &&
      ([metodoEnvio.nombre, envioImporte === 0 ? t.gratis : dinero(envioImporte, moneda)] as const),
  ].filter((una) => una !== false)
  return (
    <dl className="border-linea flex flex-col gap-1 border-t pt-3">
      {partes.length > 0 && <Parte que={t.subtotal} cuanto={dinero(subtotal, moneda)} />}
      {partes.map(([que, cuanto]) => (
        <Parte key={que} que={que} cuanto={cuanto} />
      ))}
      <Parte que={t.total} cuanto={dinero(total, moneda)} className="text-lg font-semibold" />
      {gravados.length > 0 && (
        <Parte que={t.base} cuanto={dinero(base, moneda)} className="text-suave text-sm" />
      )}
      {gravados.map((uno) => (
        <Parte
          key={`${uno.codigo} ${uno.tasa}`}
          que={t.impuestoDe(tasa(uno.tasa), dinero(uno.base, moneda))}
          cuanto={dinero(uno.impuesto, moneda)}
          className="text-suave text-sm"
        />
      ))}
    </dl>
  )
}

interface ParteProps {
  readonly que: string
  readonly cuanto: string
  readonly className?: string
}

const Parte = ({ que, cuanto, className = '' }: ParteProps) => (
  <div className={`flex items-baseline justify-between gap-4 ${className}`}>
    <dt className="min-w-0">{que}</dt>
    <dd className="cifra">{cuanto}</dd>
  </div>
)
