/** Why an attempt failed, in the words that operators see. */
export const causasFallo = ['servicio-no-disponible', 'respuesta-inesperada'] as const
export type CausaFallo = (typeof causasFallo)[number]

/** One step of a run: who was asked what, what came of it, and how long it took, in microseconds. */
export interface Paso {
  readonly paso: string
  readonly resultado: string
  readonly us: number
  readonly detalle?: string
}

/** A run, without whose it is and what it is an attempt at. */
export interface Intento {
  /** W3C trace id of the request, or of the driver's own round. */
  readonly traza: string
  readonly resultado: string
  readonly en: number
  readonly us: number
  readonly pasos: readonly Paso[]
}
