import type { Pedido } from '@encargo/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { refrescarPagos } from '../cobros/datos.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { type Anotadas, anotarPartes } from './anotar.ts'
import { Vuelto } from './efectivo.tsx'

export interface VentaHecha extends Anotadas {
  readonly pedido: Pedido
  /** Cash that was handed over where nobody writes money down, if it was said; in minor units. */
  readonly recibido: number | undefined
}

interface HechaProps {
  readonly hecha: VentaHecha
  readonly onChange: (hecha: VentaHecha) => void
  readonly alSeguir: () => void
}

/** What became of the last sale: what to give back, its receipt, and the way to mend it. */
export function Hecha({ hecha, onChange, alSeguir }: HechaProps) {
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const { pedido, recibido, partes } = hecha
  const { id, numero, total, moneda, estado } = pedido
  const vendida = estado === 'Completado'
  // Of what is written down, the receipt tells.
  const deLaCaja = partes.length === 0 ? recibido : undefined
  const contadas = partes.length === 0 ? [{ importe: total, recibido }] : partes
  return (
    <section
      aria-label={t.ultima}
      className={`carta mb-5 flex flex-wrap items-center gap-x-6 gap-y-3 border-l-4 p-4 ${
        vendida ? 'border-l-bien' : 'border-l-ojo'
      }`}
    >
      <p role="status" className="min-w-0 flex-1 basis-60 text-lg font-semibold">
        {vendida ? t.vendido(numero, dinero(total, moneda)) : t.pendiente(numero)}
      </p>
      {contadas.map(
        (una, lugar) =>
          una.recibido !== undefined && (
            <div key={lugar} className="basis-48">
              <Vuelto recibido={una.recibido} total={una.importe} moneda={moneda} />
            </div>
          ),
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to="/gestion/pedidos/$id/imprimir/$documento"
          params={{ id, documento: 'recibo' }}
          search={deLaCaja === undefined ? {} : { recibido: String(deLaCaja) }}
          target="_blank"
          className={buttonClass('quiet')}
        >
          {t.recibo}
        </Link>
        <Link
          to="/gestion/pedidos/$id"
          params={{ id }}
          className={buttonClass('quiet')}
          title={t.verTexto}
        >
          {t.ver}
        </Link>
        <Button look="secondary" onClick={alSeguir}>
          {t.siguiente}
        </Button>
      </div>
      {partes.some((una) => !una.anotada) && <SinAnotar {...{ hecha, onChange }} />}
    </section>
  )
}

/** What of the payment is not written down yet, and the press that does it. */
function SinAnotar({ hecha, onChange }: Pick<HechaProps, 'hecha' | 'onChange'>) {
  const t = useTextosVenta()
  const textos = useTextos()
  const { dinero } = useFormato()
  const consultas = useQueryClient()
  const { pedido, partes, fallo } = hecha
  const falta = partes.reduce((suma, una) => suma + (una.anotada ? 0 : una.importe), 0)
  const otraVez = useMutation({
    mutationFn: () => anotarPartes(pedido, partes),
    onSuccess(anotadas) {
      onChange({ ...hecha, ...anotadas })
      if (anotadas.partes.every((una) => una.anotada)) toast(t.pagoAnotado)
      refrescarPagos(consultas)
    },
  })
  return (
    <div className="basis-full">
      <Notice tone="warning" title={t.sinPago(dinero(falta, pedido.moneda))} urgent>
        {fallo !== undefined && <p>{textoDeFallo(textos, fallo)}</p>}
        <p>{t.sinPagoTexto}</p>
        <Button className="mt-3" busy={otraVez.isPending} onClick={() => otraVez.mutate()}>
          {t.anotarPago}
        </Button>
      </Notice>
    </div>
  )
}
