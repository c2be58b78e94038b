import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ReactNode } from 'react'
import { unidadMayor, useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'
import { useDia } from './dias.ts'

type Dia = Resumen['porDia'][number]

/** Revenue and orders of each day. Only for the eye: the table beside it says the same. */
export function Graficas({ resumen: { porDia, moneda } }: { readonly resumen: Resumen }) {
  const t = useTextosGestion(textosPanel)
  const { dinero } = useFormato()
  const { region } = useLengua()
  const corto = new Intl.NumberFormat(region, {
    style: 'currency',
    currency: moneda,
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  return (
    <div aria-hidden="true" className="grid gap-6 xl:grid-cols-2">
      <Grafica
        titulo={t.ingresosPorDia}
        dias={porDia}
        clave="ingresos"
        color="var(--color-acento)"
        enEje={(valor) => corto.format(valor / unidadMayor(moneda))}
        alSenalar={({ ingresos }) => dinero(ingresos, moneda)}
      />
      <Grafica
        titulo={t.pedidosPorDia}
        dias={porDia}
        clave="pedidos"
        color="var(--color-ojo)"
        enEje={(valor) => valor.toLocaleString(region)}
        alSenalar={({ pedidos, completados, cancelados }) =>
          `${pedidos} · ${t.pedidosDe(completados, cancelados)}`
        }
      />
    </div>
  )
}

interface GraficaProps {
  readonly titulo: string
  readonly dias: readonly Dia[]
  readonly clave: 'ingresos' | 'pedidos'
  readonly color: string
  readonly enEje: (valor: number) => string
  readonly alSenalar: (dia: Dia) => string
}

const eje = {
  stroke: 'var(--color-suave)',
  fontSize: 12,
  tickLine: false,
  axisLine: false,
} as const

function Grafica({ titulo, dias, clave, color, enEje, alSenalar }: GraficaProps) {
  const { corto } = useDia()
  return (
    // A chart learns of a narrower page a moment after it: until then it must not make the page wide.
    <figure className="min-w-0 overflow-x-clip">
      <figcaption className="text-suave mb-2 text-sm font-medium">{titulo}</figcaption>
      <ResponsiveContainer width="100%" height={208}>
        <BarChart data={[...dias]} accessibilityLayer={false} margin={{ left: 0, right: 4 }}>
          <CartesianGrid vertical={false} stroke="var(--color-linea)" />
          <XAxis dataKey="dia" {...eje} tickFormatter={corto} minTickGap={24} />
          <YAxis {...eje} width="auto" allowDecimals={clave === 'ingresos'} tickFormatter={enEje} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--color-hundido)' }}
            content={({ active, label }) => {
              const dia = active ? dias.find((uno) => uno.dia === label) : undefined
              return dia ? <Nota dia={dia.dia}>{alSenalar(dia)}</Nota> : null
            }}
          />
          <Bar dataKey={clave} fill={color} radius={[3, 3, 0, 0]} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </figure>
  )
}

function Nota({ dia, children }: { readonly dia: string; readonly children: ReactNode }) {
  const { largo } = useDia()
  return (
    <div className="carta px-3 py-2 text-sm shadow-(--shadow-carta)">
      <p className="text-suave">{largo(dia)}</p>
      <p className="font-medium tabular-nums">{children}</p>
    </div>
  )
}
