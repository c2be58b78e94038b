import { type MouseEvent, useState } from 'react'
import { unidadMayor, useFormato } from '../../textos/formato.ts'
import type { Resumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'

type Dia = Resumen['porDia'][number]

/** Revenue and orders of each day. Only for the eye: the table beside it says the same. */
export function Graficas({ resumen: { porDia, moneda } }: { readonly resumen: Resumen }) {
  const t = useTextosPanel()
  const { dinero, dineroCorto, numero } = useFormato()
  return (
    <div aria-hidden="true" className="grid gap-6 xl:grid-cols-2">
      <Grafica
        titulo={t.ingresosPorDia}
        dias={porDia}
        valor={({ ingresos }) => ingresos}
        paso={unidadMayor(moneda)}
        color="fill-acento"
        enEje={(valor) => dineroCorto(valor, moneda)}
        alSenalar={({ ingresos }) => dinero(ingresos, moneda)}
      />
      <Grafica
        titulo={t.pedidosPorDia}
        dias={porDia}
        valor={({ pedidos }) => pedidos}
        paso={1}
        color="fill-ojo"
        enEje={numero}
        alSenalar={({ pedidos, completados, cancelados }) =>
          `${pedidos} · ${t.pedidosDe(completados, cancelados)}`
        }
      />
    </div>
  )
}

/** Some five round numbers, up to `mayor` or just above it, and at least `paso` apart: a power of ten. */
export function marcasHasta(mayor: number, paso: number): number[] {
  const alMenos = Math.max(mayor / 4, paso)
  const potencia = 10 ** Math.floor(Math.log10(alMenos))
  const redondo = potencia * ([1, 2, 5].find((veces) => veces * potencia >= alMenos) ?? 10)
  const cuantas = Math.max(1, Math.ceil(mayor / redondo))
  return Array.from({ length: cuantas + 1 }, (_, indice) => indice * redondo)
}

interface GraficaProps {
  readonly titulo: string
  readonly dias: readonly Dia[]
  readonly valor: (dia: Dia) => number
  /** The least that two lines of the axis are apart. */
  readonly paso: number
  readonly color: string
  readonly enEje: (valor: number) => string
  readonly alSenalar: (dia: Dia) => string
}

/** So many days are named, which find room beside each other on a telephone. */
const nombrados = 5

function Grafica({ titulo, dias, valor, paso, color, enEje, alSenalar }: GraficaProps) {
  const { diaCorto, diaLargo } = useFormato()
  const [senalado, setSenalado] = useState<number>()
  const marcas = marcasHasta(Math.max(0, ...dias.map(valor)), paso)
  const tope = marcas.at(-1) ?? paso
  const cada = Math.ceil(dias.length / nombrados)
  const alMover = ({ clientX, currentTarget }: MouseEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setSenalado(Math.floor(((clientX - left) / width) * dias.length))
  }
  const dia = senalado === undefined ? undefined : dias[senalado]
  const lugar = `${((senalado ?? 0) / dias.length) * 100}%`
  return (
    <figure className="min-w-0 overflow-x-clip">
      <figcaption className="text-suave mb-2 text-sm font-medium">{titulo}</figcaption>
      <div className="text-suave grid grid-cols-[auto_1fr] grid-rows-[12rem_auto] gap-x-2 gap-y-1 text-xs leading-none">
        <div className="flex flex-col-reverse justify-between text-right">
          {marcas.map((marca) => (
            <span key={marca} className="cifra">
              {enEje(marca)}
            </span>
          ))}
        </div>
        <div
          className="relative my-1.5"
          onMouseMove={alMover}
          onMouseLeave={() => setSenalado(undefined)}
        >
          <svg
            viewBox={`0 0 ${dias.length} ${tope}`}
            preserveAspectRatio="none"
            className="absolute size-full overflow-visible"
          >
            {dia && <rect className="fill-hundido" x={senalado} width="1" height={tope} />}
            <path
              className="stroke-linea"
              vectorEffect="non-scaling-stroke"
              d={marcas.map((marca) => `M0 ${marca}H${dias.length}`).join('')}
            />
            {dias.map((uno, indice) => (
              <rect
                key={uno.dia}
                className={color}
                x={indice + 0.1}
                y={tope - valor(uno)}
                width="0.8"
                height={valor(uno)}
              />
            ))}
          </svg>
          {dia && (
            // As far from the left as into itself, so that it stays within the chart.
            <div
              className="carta pointer-events-none absolute bottom-full w-max max-w-full px-3 py-2 text-sm shadow-(--shadow-carta)"
              style={{ left: lugar, translate: `-${lugar}` }}
            >
              <p>{diaLargo(dia.dia)}</p>
              <p className="text-tinta font-medium tabular-nums">{alSenalar(dia)}</p>
            </div>
          )}
        </div>
        <div className="col-start-2 flex">
          {dias.map(
            ({ dia: uno }, indice) =>
              indice % cada === 0 && (
                <span key={uno} style={{ flex: Math.min(cada, dias.length - indice) }}>
                  {diaCorto(uno)}
                </span>
              ),
          )}
        </div>
      </div>
    </figure>
  )
}
