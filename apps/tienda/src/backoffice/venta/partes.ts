import { escribirImporte } from '@encargo/service-kit/values/importes'
import { ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerImporte } from '../../formularios/importe.ts'
import { vueltoDe } from './mostrador.ts'

// How a sale at the counter is paid: plain functions. Amounts in minor units.

/** A part of the payment as it is typed. */
export interface ParteEscrita {
  /** Stays its own while others come and go. */
  readonly clave: number
  /** The code of its method; empty: nobody writes it down. */
  readonly metodo: string
  /** Of all but the last part, which is the rest. */
  readonly importe: string
  /** Cash that was handed over. */
  readonly recibido: string
  /** What the card terminal or the bank calls it. */
  readonly referencia: string
}

export interface Parte {
  readonly metodo: string
  readonly importe: number
  /** Cash that was handed over, if it was said. */
  readonly recibido: number | undefined
  readonly referencia: string
}

export const nuevaParte = (clave: number, metodo: string): ParteEscrita => ({
  clave,
  metodo,
  importe: '',
  recibido: '',
  referencia: '',
})

/** Whether what is handed over by it is counted and changed: a shop calls that `efectivo`. */
export const esEfectivo = (metodo: string): boolean => /^(?:efectivo|cash)(?:-|$)/.test(metodo)

/** The name of a part's field in the form. */
export const campoParte = (
  campo: 'metodo' | 'importe' | 'recibido' | 'referencia',
  lugar: number,
): string => (lugar === 0 ? campo : `${campo}-${lugar}`)

interface Escritura {
  readonly region: string
  readonly moneda: string
}

/** What each part comes to while it is typed: undefined for what is no amount yet. */
export function importesDe(
  escritas: readonly ParteEscrita[],
  total: number,
  { region, moneda }: Escritura,
): (number | undefined)[] {
  const leidos = escritas.slice(0, -1).map(({ importe }) => leerImporte(importe, region, moneda))
  const resto = leidos.reduce<number>((queda, uno) => queda - (uno ?? 0), total)
  return [...leidos, resto]
}

export interface Lector extends Escritura {
  readonly textos: {
    readonly importeMal: string
    readonly recibidoCorto: string
    readonly parteMal: string
  }
}

/**
 * The parts that add up to `total`.
 * @throws ErrorDeCampo for what only reading them can tell
 */
export function leerPartes(
  escritas: readonly ParteEscrita[],
  total: number,
  lector: Lector,
): Parte[] {
  const { region, moneda, textos } = lector
  const importes = importesDe(escritas, total, lector)
  return escritas.map((escrita, lugar) => {
    const importe = importes[lugar]
    if (importe === undefined || (escritas.length > 1 && importe <= 0)) {
      // Of the last part nothing is typed: what is wrong is before it.
      const donde = campoParte('importe', Math.min(lugar, escritas.length - 2))
      throw new ErrorDeCampo(donde, importe === undefined ? textos.importeMal : textos.parteMal)
    }
    const { metodo, referencia } = escrita
    const enEfectivo = metodo === '' || esEfectivo(metodo)
    const dicho = enEfectivo ? escrita.recibido.trim() : ''
    const recibido = dicho === '' ? undefined : leerImporte(dicho, region, moneda)
    const campo = campoParte('recibido', lugar)
    if (dicho !== '' && recibido === undefined) throw new ErrorDeCampo(campo, textos.importeMal)
    if (recibido !== undefined && vueltoDe(recibido, importe).tipo === 'falta') {
      throw new ErrorDeCampo(campo, textos.recibidoCorto)
    }
    return { metodo, importe, recibido, referencia: enEfectivo ? '' : referencia.trim() }
  })
}

/**
 * What a part is noted under: its own of each sale, so that two of one terminal's numbers never meet; of cash
 * also what was handed over and given back, which the receipt tells.
 */
export function referenciaDe(
  { importe, recibido, referencia }: Parte,
  numero: number,
  lugar: number,
  moneda: string,
): string {
  const venta = `venta ${numero}${lugar === 0 ? '' : `-${lugar + 1}`}`
  if (recibido === undefined) return referencia === '' ? venta : `${referencia} · ${venta}`
  const dado = escribirImporte(recibido, moneda)
  return `${venta}: recibido ${dado}, cambio ${escribirImporte(recibido - importe, moneda)}`
}

/** The same parts where the sale came to something else: the last one is the rest, whatever it is. */
export function alTotal(partes: readonly Parte[], total: number): readonly Parte[] {
  const antes = partes.slice(0, -1).reduce((suma, { importe }) => suma + importe, 0)
  return partes.map((una, lugar) =>
    lugar === partes.length - 1 ? { ...una, importe: total - antes } : una,
  )
}

interface Ofrecido {
  readonly codigo: string
  readonly minimo: number | null
  readonly maximo: number | null
}

/** What a sale is made with: a part's method that is for so much, or none where nobody notes the money. */
export function metodoDe(
  partes: readonly Parte[],
  metodos: readonly Ofrecido[],
  total: number,
): string | undefined {
  const suyos = partes.flatMap(({ metodo }) => metodos.filter(({ codigo }) => codigo === metodo))
  const cabe = suyos.find(
    ({ minimo, maximo }) => total >= (minimo ?? 0) && total <= (maximo ?? Infinity),
  )
  return (cabe ?? suyos[0])?.codigo
}
