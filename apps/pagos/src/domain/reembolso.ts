/** How far a refund has come; `fallido`: the provider won't, and a person gives it back by hand. */
export const estadosReembolso = ['por-enviar', 'enviado', 'hecho', 'fallido'] as const
export type EstadoReembolso = (typeof estadosReembolso)[number]

/** Money that goes back, asked for under an id of its own. */
export interface Reembolso {
  readonly id: string
  readonly importe: number
  readonly motivo: string
  readonly estado: EstadoReembolso
  /** The provider's name for it, or a person's. */
  readonly referencia: string | null
}
