/** A mail as it is sent. */
export interface Mensaje {
  /** The same in every attempt. */
  readonly id: string
  /** In milliseconds since the epoch, likewise. */
  readonly en: number
  /** The name of whoever sends it, where the shop has said one. */
  readonly de: string | null
  /** One address, or several that see each other. */
  readonly para: string | readonly string[]
  readonly asunto: string
  readonly texto: string
  /** The same for those who like it dressed up: a whole page that asks nobody for anything. */
  readonly html?: string
}

/** Why a mail was not taken; `codigo` names it without what the server said, which names people. */
export interface FalloEnvio {
  readonly tipo: 'rechazado' | 'aplazado' | 'sin-servidor'
  readonly codigo: string
}

/**
 * Hands a message over, or answers why it was not taken; within moments when `signal` aborts. Never
 * rejects.
 */
export type EnviarMensaje = (
  mensaje: Mensaje,
  signal: AbortSignal,
) => Promise<{ readonly tipo: 'enviado' } | FalloEnvio>

/** The longest that one message may take, in milliseconds. */
export const sendMs = 45_000
