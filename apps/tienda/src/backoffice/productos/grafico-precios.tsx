import { useState } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { useTextosEdicion } from './textos-edicion.ts'

interface PrecioDesde {
  readonly precio: number
  readonly moneda: string
  readonly desde: string
}

const ancho = 240
const alto = 64
const borde = 4

/** A line of steps: a price holds until the next one. `precios`: the newest first; `ahora` in ms. */
export function trazoDe(precios: readonly PrecioDesde[], ahora: number): string {
  const pasos = precios.toReversed()
  const [primero] = pasos
  if (!primero) return ''
  const inicio = Date.parse(primero.desde)
  const duracion = Math.max(1, ahora - inicio)
  const valores = pasos.map(({ precio }) => precio)
  const menor = Math.min(...valores)
  const rango = Math.max(1, Math.max(...valores) - menor)
  const x = (en: number) => Math.round(borde + ((en - inicio) / duracion) * (ancho - 2 * borde))
  const y = (precio: number) =>
    Math.round(alto - borde - ((precio - menor) / rango) * (alto - 2 * borde))
  const tramos = pasos.slice(1).map(({ desde, precio }) => `H${x(Date.parse(desde))}V${y(precio)}`)
  return `M${borde} ${y(primero.precio)}${tramos.join('')}H${x(ahora)}`
}

/** How the price moved; with one price there is nothing to see. */
export function GraficoPrecios({ precios }: { readonly precios: readonly PrecioDesde[] }) {
  const { precios: t } = useTextosEdicion()
  const { dinero } = useFormato()
  const [ahora] = useState(Date.now)
  const [uno] = precios
  if (!uno || precios.length < 2) return null
  const valores = precios.map(({ precio }) => precio)
  const de = (precio: number) => dinero(precio, uno.moneda)
  const texto = t.grafico(precios.length, de(Math.min(...valores)), de(Math.max(...valores)))
  return (
    <svg
      role="img"
      aria-label={texto}
      viewBox={`0 0 ${ancho} ${alto}`}
      className="text-acento w-full"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
    >
      <path d={trazoDe(precios, Math.max(ahora, Date.parse(uno.desde)))} />
    </svg>
  )
}
