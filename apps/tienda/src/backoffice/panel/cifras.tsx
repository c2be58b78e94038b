import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { opcionesBajoMinimo } from '../datos/bajo-minimo.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'

/** The few numbers to be seen first. */
export function Cifras({ resumen }: { readonly resumen: Resumen }) {
  const t = useTextosGestion(textosPanel)
  const { dinero } = useFormato()
  const bajoMinimo = useQuery(opcionesBajoMinimo())
  const { porDia, moneda, pendientes } = resumen
  const suma = (clave: 'pedidos' | 'completados' | 'cancelados' | 'ingresos') =>
    porDia.reduce((total, dia) => total + dia[clave], 0)
  const faltas = bajoMinimo.data
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-5">
      <Cifra
        nombre={t.ingresos}
        valor={dinero(suma('ingresos'), moneda)}
        nota={t.ingresosDe(porDia.length)}
      />
      <Cifra
        nombre={t.pedidos}
        valor={suma('pedidos')}
        nota={t.pedidosDe(suma('completados'), suma('cancelados'))}
      />
      <Cifra
        nombre={t.pendientes}
        valor={
          <Link
            to="/gestion/pedidos"
            search={{ estado: 'Pendiente' }}
            className="underline-offset-4 hover:underline"
          >
            {pendientes}
          </Link>
        }
        nota={t.pendientesAhora}
      />
      <Cifra
        nombre={t.bajoMinimo}
        valor={faltas ? `${faltas.datos.length}${faltas.hayMas ? '+' : ''}` : '—'}
        nota={t.bajoMinimoDe}
      />
    </dl>
  )
}

interface CifraProps {
  readonly nombre: string
  readonly valor: ReactNode
  readonly nota: string
}

function Cifra({ nombre, valor, nota }: CifraProps) {
  return (
    <div className="carta flex min-w-0 flex-col p-4 lg:p-5">
      <dt className="text-suave text-sm font-medium">{nombre}</dt>
      <dd className="text-xl font-semibold tracking-tight break-words tabular-nums sm:text-2xl lg:text-3xl">
        {valor}
      </dd>
      <dd className="text-suave mt-1 text-sm">{nota}</dd>
    </div>
  )
}
