import type { Novedad } from '../domain/novedad.ts'

// Server-Sent Events as the HTML standard has them (9.2, "text/event-stream").

/** What those who follow orders are told of a change. */
export interface EventoPedido {
  readonly pedidoId: string
  readonly numero: number
  readonly estado: Novedad['estado']
  readonly motivo: string | null
  /** ISO 8601 in UTC with milliseconds. */
  readonly en: string
}

function aEvento({ pedidoId, numero, estado, motivo, en }: Novedad): EventoPedido {
  return { pedidoId, numero, estado, motivo, en: new Date(en).toISOString() }
}

/** JSON has no line breaks of its own, so one `data:` line holds it. */
export function comoEvento(novedad: Novedad): string {
  const datos = JSON.stringify(aEvento(novedad))
  return `id: ${novedad.secuencia}\nevent: pedido\ndata: ${datos}\n\n`
}

/**
 * A comment, and the place up to which all was told: a block without `data` is no event, but its
 * id counts. So a reader that heard nothing for an hour resumes from here, not from an hour ago.
 */
export function comoLatido(secuencia: number): string {
  return `: latido\nid: ${secuencia}\n\n`
}

/** The first block of a stream: from where it tells, and how soon to come back, in milliseconds. */
export function comoSaludo(secuencia: number, volverMs: number): string {
  return `: hola\nretry: ${volverMs}\nid: ${secuencia}\n\n`
}
