import type { Pedido } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { cliente, con, pedir } from '../api.ts'
import { opcionesMetodosPago } from '../pages/pago/metodos.ts'
import { useFormato } from '../textos/formato.ts'
import { leerEfectivo } from './efectivo.ts'
import { useTextosDocumentos } from './textos.ts'

const conDinero = ({ pago }: Pedido) => pago.cobros.filter(({ cobrado }) => cobrado > 0)

/** Cash that was counted and changed at the counter, charge by charge, as it was noted there. */
function useEfectivo(pedido: Pedido, deCaja: boolean) {
  const ids = conDinero(pedido).map(({ id }) => id)
  const { data } = useQuery({
    queryKey: ['pedidos', 'efectivo', pedido.id, ids],
    enabled: deCaja && ids.length > 0,
    queryFn: async ({ signal }) => {
      const { cobros } = cliente().pagos
      const vistos = await Promise.all(ids.map((id) => pedir(cobros({ id }).get(con(signal)))))
      return vistos.map(({ id, movimientos = [] }) => ({
        id,
        efectivo: movimientos
          .map(({ referencia }) => leerEfectivo(referencia, pedido.moneda))
          .find((uno) => uno !== undefined),
      }))
    },
  })
  return (id: string) => data?.find((uno) => uno.id === id)?.efectivo
}

interface PagadoProps {
  readonly pedido: Pedido
  /** Staff see what was noted with each payment. */
  readonly deCaja: boolean
}

/** How an order was paid, and what was given back. */
export function Pagado({ pedido, deCaja }: PagadoProps) {
  const t = useTextosDocumentos()
  const { dinero } = useFormato()
  const { moneda, pago, total } = pedido
  const efectivoDe = useEfectivo(pedido, deCaja)
  const cobros = conDinero(pedido)
  const { data: metodos } = useQuery({
    ...opcionesMetodosPago({ total }),
    enabled: cobros.length > 0,
  })
  const nombreDe = (codigo: string) =>
    metodos?.find((uno) => uno.codigo === codigo)?.nombre ?? codigo
  const filas = cobros.flatMap(({ id, metodo, cobrado }) => {
    const efectivo = efectivoDe(id)
    return [
      { clave: id, que: t.pagadoCon(nombreDe(metodo)), cuanto: cobrado },
      ...(efectivo
        ? [
            { clave: `${id} r`, que: t.recibido, cuanto: efectivo.recibido },
            { clave: `${id} c`, que: t.cambio, cuanto: efectivo.cambio },
          ]
        : []),
    ]
  })
  if (filas.length === 0) return null
  if (pago.reembolsado > 0) {
    filas.push({ clave: 'devuelto', que: t.devuelto, cuanto: pago.reembolsado })
  }
  if (pago.saldo > 0) filas.push({ clave: 'falta', que: t.falta, cuanto: pago.saldo })
  return (
    <dl className="border-linea mt-1.5 flex flex-col gap-1.5 border-t pt-1.5 text-sm">
      {filas.map(({ clave, que, cuanto }) => (
        <div key={clave} className="flex items-baseline justify-between gap-4">
          <dt>{que}</dt>
          <dd className="cifra">{dinero(cuanto, moneda)}</dd>
        </div>
      ))}
    </dl>
  )
}
