import { efectoDe, type Sumas } from '@encargo/service-kit/values/cobros'

/** What moved; what came back of it counts against it. */
export type DineroMovido = Omit<Sumas, 'autorizado'>

export const sinMover: DineroMovido = { cobrado: 0, reembolsado: 0, disputado: 0 }

// What is promised has not moved.
const { autorizacion: _autorizado, anulacion: _anulado, ...efecto } = efectoDe

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
