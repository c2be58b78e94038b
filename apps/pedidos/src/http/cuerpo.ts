import type { Flujo } from '../app/flujo.ts'

/** A flow as the body of a response: made ready only as fast as the connection takes it. */
export function comoCuerpo(flujo: Flujo): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const texto = await flujo.siguiente()
          if (texto === null) controller.close()
          else controller.enqueue(encoder.encode(texto))
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
