import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { opcionesResumenExistencias } from '../datos/bajo-minimo.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { rowLink } from '../ui/data-table.tsx'
import { Figure, Figures } from '../ui/figures.tsx'

/** The few numbers to be seen first. */
export function Cifras({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero, numero } = useFormato()
  const existencias = useQuery(opcionesResumenExistencias()).data
  const { porDia, moneda, pendientes } = resumen
  const suma = (clave: 'pedidos' | 'completados' | 'cancelados' | 'ingresos') =>
    porDia.reduce((total, dia) => total + dia[clave], 0)
  return (
    <Figures>
      <Figure
        large
        name={t.ingresos}
        value={dinero(suma('ingresos'), moneda)}
        note={t.ingresosDe(porDia.length)}
      />
      <Figure
        large
        name={t.pedidos}
        value={numero(suma('pedidos'))}
        note={t.pedidosDe(suma('completados'), suma('cancelados'))}
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
