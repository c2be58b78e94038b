/** Whether a tax is taken out of what it was added to, or is a part of the price itself ("por dentro"). */
export const modos = ['incluido', 'por-dentro'] as const
export type ModoImpuesto = (typeof modos)[number]

/** What a class of tax is from `desde` on, in milliseconds; `tasa` in hundredths of a percent. */
export interface Impuesto {
  readonly codigo: string
  readonly desde: number
  readonly nombre: string
  readonly tasa: number
  readonly modo: ModoImpuesto
}

/** The class of a product of which nobody said another. It needs no rate: there is none then. */
export const claseGeneral = 'general'

/** How many classes a shop has at most: they are shown and asked for as a whole. */
export const maxClases = 100

export interface CambioImpuesto {
  readonly codigo: string
  readonly nombre: string
  readonly tasa: number
  readonly modo: ModoImpuesto
  /** Undefined: now. */
  readonly desde: number | undefined
}

/** Whether a class is already what somebody wants it to be. */
export const esIgual = (uno: Impuesto, otro: CambioImpuesto) =>
  uno.nombre === otro.nombre && uno.tasa === otro.tasa && uno.modo === otro.modo

/** From when on a change counts. What holds by now is never written over, however fast it is changed. */
export const empiezaEn = (
  { desde }: CambioImpuesto,
  vigente: Impuesto | undefined,
  ahora: number,
) => desde ?? Math.max(ahora, (vigente?.desde ?? 0) + 1)
