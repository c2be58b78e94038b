import type { EventoSeguido, TipoEvento } from '../domain/evento.ts'
import type { Bloque, Flujo } from '../app/flujo.ts'

// Server-Sent Events as the HTML standard has them (9.2, "text/event-stream").

/** What those who follow orders are told of an event. */
export interface EventoVisto {
  readonly pedidoId: string
  readonly numero: number
  readonly estado: EventoSeguido['estado']
  readonly motivo: string | null
  /** ISO 8601 in UTC with milliseconds. */
  readonly en: string
  readonly tipo?: TipoEvento
}

function verEvento({ pedidoId, numero, estado, motivo, en, tipo }: EventoSeguido): EventoVisto {
  const visto = { pedidoId, numero, estado, motivo, en: new Date(en).toISOString() }
  return tipo === undefined ? visto : { ...visto, tipo }
}

/** JSON has no line breaks of its own, so one `data:` line holds it. */
function comoTexto(bloque: Bloque): string {
  switch (bloque.tipo) {
    case 'saludo':
      return `: hola\nretry: ${bloque.volverMs}\nid: ${bloque.desde}\n\n`
    case 'evento': {
      const { evento } = bloque
      const datos = JSON.stringify(verEvento(evento))
      return `id: ${evento.secuencia}\nevent: pedido\ndata: ${datos}\n\n`
    }
    case 'latido':
      return `: latido\nid: ${bloque.hasta}\n\n`
  }
}

/** A flow as the body of a response: made ready only as fast as the connection takes it. */
export function comoCuerpo(flujo: Flujo): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const bloques = await flujo.siguiente()
          if (bloques === undefined) controller.close()
          else controller.enqueue(encoder.encode(bloques.map(comoTexto).join('')))
        } catch (error) {
          // The stream is over when this throws; its place must be given back.
          flujo.cerrar()
          throw error
        }
      },
      cancel: () => flujo.cerrar(),
    },
    { highWaterMark: 0 },
  )
}
