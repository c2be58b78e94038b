import { estadosReembolsoDicho } from '@encargo/service-kit/values/cobros'

/** How far a refund has come; `fallido`: the provider won't, and a person gives it back by hand. */
export const estadosReembolso = ['por-enviar', ...estadosReembolsoDicho] as const
export type EstadoReembolso = (typeof estadosReembolso)[number]

/** Money that goes back, asked for under an id of its own. */
export interface Reembolso {
  readonly id: string
  readonly importe: number
  readonly motivo: string
  readonly estado: EstadoReembolso
  /** The provider's name for it, or a person's. */
  readonly referencia: string | null
  /** Why the provider won't, in its word. */
  readonly causa: string | null
  /** Whether no order asked for it: there is none that the money could be for. */
  readonly ajeno: boolean
  readonly desde: number
  readonly actualizadoEn: number
}

/** What is on its way back and still counts as ours. */
export const porSalir = (reembolsos: readonly Reembolso[]): number =>
  reembolsos.reduce(
    (hasta, { estado, importe }) => (estado === 'hecho' ? hasta : hasta + importe),
    0,
  )
