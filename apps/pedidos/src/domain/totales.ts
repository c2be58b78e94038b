import type { Condiciones, Gravamen } from './condiciones.ts'
import { type Linea, subtotal } from './pedido.ts'

/** What is taxed at one rate, all together. */
export interface DeTasa {
  /** The class of tax. */
  readonly codigo: string
  readonly tasa: number
  readonly base: number
  readonly impuesto: number
}

/** What an order comes to, in minor units. */
export interface Totales {
  /** The lines at their prices. */
  readonly subtotal: number
  readonly descuento: number
  readonly envioImporte: number
  /** What of `total` is tax; the rest is `base`. */
  readonly impuesto: number
  readonly base: number
  readonly total: number
  readonly impuestos: readonly DeTasa[]
}

/** The class of what has none. */
export const claseGeneral = 'general'
/** How something is taxed of which nothing is said. */
export const sinGravamen: Gravamen = { clase: claseGeneral, tasa: 0, porDentro: false }

/** What an amount is made of. */
interface Parte {
  readonly importe: number
  readonly gravamen: Gravamen
  readonly impuesto: number
}

/** A line as it counts: after the discount, and with its tax. */
export function parteDeLinea(linea: Linea): Parte & { readonly descuento: number } {
  const bruto = subtotal(linea)
  const { cuenta } = linea
  if (!cuenta) return { importe: bruto, gravamen: sinGravamen, impuesto: 0, descuento: 0 }
  return { ...cuenta, importe: bruto - cuenta.descuento }
}

/** How it is shipped, as much as counts; where it is by no method, nothing does. */
export type EnvioContado = Pick<
  Condiciones,
  'metodoEnvio' | 'envioImporte' | 'envioGravamen' | 'envioImpuesto'
>

function porTasa(partes: readonly Parte[]): DeTasa[] {
  const grupos = Map.groupBy(partes, ({ gravamen: { clase, tasa, porDentro } }) =>
    JSON.stringify([clase, tasa, porDentro]),
  )
  return [...grupos.values()].flatMap((grupo) => {
    const [primera] = grupo
    if (!primera) return []
    const importe = grupo.reduce((suma, parte) => suma + parte.importe, 0)
    const impuesto = grupo.reduce((suma, parte) => suma + parte.impuesto, 0)
    const { clase: codigo, tasa } = primera.gravamen
    return { codigo, tasa, base: importe - impuesto, impuesto }
  })
}

/** What lines come to of which no more is said than their price. */
function sinCuentas(lineas: readonly Linea[]): Totales {
  let total = 0
  for (const linea of lineas) total += subtotal(linea)
  return {
    subtotal: total,
    descuento: 0,
    envioImporte: 0,
    impuesto: 0,
    base: total,
    total,
    impuestos: [{ codigo: claseGeneral, tasa: 0, base: total, impuesto: 0 }],
  }
}

/** What lines and their shipping, if they have one, come to. */
export function totalesDe(lineas: readonly Linea[], dicho?: EnvioContado): Totales {
  const envio = dicho?.metodoEnvio ? dicho : undefined
  if (!envio && lineas.every(({ cuenta }) => !cuenta)) return sinCuentas(lineas)
  const deLineas = lineas.map(parteDeLinea)
  const deEnvio = envio && {
    importe: envio.envioImporte,
    gravamen: envio.envioGravamen,
    impuesto: envio.envioImpuesto,
  }
  const partes = deEnvio ? [...deLineas, deEnvio] : deLineas
  const total = partes.reduce((suma, { importe }) => suma + importe, 0)
  const impuesto = partes.reduce((suma, parte) => suma + parte.impuesto, 0)
  return {
    subtotal: lineas.reduce((suma, linea) => suma + subtotal(linea), 0),
    descuento: deLineas.reduce((suma, { descuento }) => suma + descuento, 0),
    envioImporte: envio?.envioImporte ?? 0,
    impuesto,
    base: total - impuesto,
    total,
    impuestos: porTasa(partes),
  }
}
