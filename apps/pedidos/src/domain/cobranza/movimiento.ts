/** What moved, in minor units; what came back of it counts against it. */
export interface DineroMovido {
  readonly cobrado: number
  readonly reembolsado: number
  readonly disputado: number
}

export const sinMover: DineroMovido = { cobrado: 0, reembolsado: 0, disputado: 0 }

/** What kinds of movements move money; what is promised has not moved. */
const efecto = {
  captura: ['cobrado', 1],
  reembolso: ['reembolsado', 1],
  'reembolso-revertido': ['reembolsado', -1],
  contracargo: ['disputado', 1],
  'contracargo-revertido': ['disputado', -1],
} as const satisfies Readonly<Record<string, readonly [keyof DineroMovido, 1 | -1]>>

export type TipoDeDinero = keyof typeof efecto
// Its keys are all that there are.
export const tiposDeDinero = Object.keys(efecto) as readonly TipoDeDinero[]

export const deDinero = (tipo: string): tipo is TipoDeDinero => Object.hasOwn(efecto, tipo)

/** What a movement moves; undefined where it moves no money. */
export function movido(tipo: string, importe: number): DineroMovido | undefined {
  if (!deDinero(tipo)) return undefined
  const [que, signo] = efecto[tipo]
  return { ...sinMover, [que]: signo * importe }
}

/** What the shop has more of, or less, after it. */
export function entrado(tipo: TipoDeDinero, importe: number): number {
  const [que, signo] = efecto[tipo]
  return (que === 'cobrado' ? signo : -signo) * importe
}
