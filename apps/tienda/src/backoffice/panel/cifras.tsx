import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import { type Resumen, sumaDe, variacion } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { rowLink } from '../ui/data-table.tsx'
import { Figure, Figures } from '../ui/figures.tsx'

/** The few numbers to be seen first. */
export function Cifras({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero, numero, variacion: parte } = useFormato()
  const existencias = useQuery(opcionesResumenExistencias()).data
  const { moneda, pendientes, antes } = resumen
  const dias = resumen.porDia.length
  const [ingresos, abonado, pedidos] = (['ingresos', 'abonado', 'pedidos'] as const).map((que) =>
    sumaDe(resumen, que),
  ) as [number, number, number]
  const frente = (que: 'ingresos' | 'pedidos', ahora: number) => {
    const cambio = variacion(ahora, sumaDe(antes, que))
    return cambio === undefined ? t.sinAntes : t.frente(parte(cambio))
  }
  return (
    <Figures>
      <Figure
        large
        name={t.ingresos}
        value={dinero(ingresos, moneda)}
        note={`${t.ingresosDe(dias)} · ${frente('ingresos', ingresos)}`}
      />
      {abonado > 0 && (
        <Figure
          large
          name={t.abonado}
          value={dinero(-abonado, moneda)}
          note={t.abonadoDe(dinero(ingresos - abonado, moneda))}
        />
      )}
      <Figure
        large
        name={t.pedidos}
        value={numero(pedidos)}
        note={`${t.pedidosDe(sumaDe(resumen, 'completados'), sumaDe(resumen, 'cancelados'))} · ${frente('pedidos', pedidos)}`}
      />
      <Figure
        large
        name={t.pendientes}
        value={
          <Link to="/gestion/pedidos" search={{ estado: 'Pendiente' }} className={rowLink}>
            {numero(pendientes)}
          </Link>
        }
        note={t.pendientesAhora}
      />
      <Figure
        large
        name={t.bajoMinimo}
        value={
          <Link to="/gestion/existencias" search={{ bajo: 'true' }} className={rowLink}>
            {existencias ? numero(existencias.bajoMinimo) : '—'}
          </Link>
        }
        note={t.bajoMinimoDe(existencias?.agotados ?? 0)}
      />
    </Figures>
  )
}
