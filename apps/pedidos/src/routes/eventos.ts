import {
  appOptions,
  cabeceras,
  esPersonal,
  problemError,
  rechazos,
  type service,
  type TokenVerifier,
} from '@encargo/service-kit'
import { bearerOf } from '@encargo/service-kit/bearer'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { comoCuerpo } from '../eventos/cuerpo.ts'
import type { Difusion, Seguimiento } from '../eventos/difusion.ts'
import type { EventoPedido } from '../eventos/sse.ts'

const ConUltimoEvento = cabeceras({
  'last-event-id': Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,15}$',
      error: 'debe ser el `id` de un evento, como 1024',
      description: 'El `id` del último bloque recibido; se sigue justo después',
    }),
  ),
})

/** What a client that reads streams gets one by one; the body itself is text. */
interface Bloque {
  readonly id: string
  readonly event: 'pedido'
  readonly data: EventoPedido
}

const respuestas = {
  200: Type.Unsafe<ReadableStream<Bloque>>(
    Type.String({
      contentMediaType: 'text/event-stream',
      description: 'Server-Sent Events: `id`, `event: pedido`, `data`',
    }),
  ),
  ...rechazos(),
}

/** For whoever stands between us and the reader: keep nothing, hold nothing back. */
const cabecerasFlujo = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}

const enUnRato = { 'retry-after': '5' }

// Thrown, as Elysia's types let no handler return now a `Response` and now something else.
function negado(resultado: Exclude<Seguimiento['resultado'], 'abierto'>) {
  return resultado === 'demasiados'
    ? problemError(
        'demasiadas-peticiones',
        { detail: 'Ya sigues pedidos desde demasiados sitios a la vez. Cierra alguno.' },
        enUnRato,
      )
    : problemError(
        'servicio-no-disponible',
        { detail: 'Ahora mismo no se siguen más pedidos en vivo. Inténtalo en unos segundos.' },
        enUnRato,
      )
}

/** Following orders as they change: needs no other service. */
export const eventosRoutes = (
  base: ReturnType<typeof service>,
  difusion: Difusion,
  verifier: TokenVerifier,
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/pedidos/eventos',
    async ({ headers, identidad }) => {
      // The guard let it in, so this is a look-up; a token in its last seconds may not be there.
      const token = bearerOf(headers['authorization'] ?? '') ?? ''
      const verdict = await verifier.verify(token)
      const desde = headers['last-event-id']
      const seguimiento = await difusion.seguir({
        usuarioId: identidad.id,
        clienteId: esPersonal(identidad) ? null : identidad.id,
        desde: desde === undefined ? null : Number(desde),
        hastaMs: verdict.ok ? verdict.expiresAt : 0,
        vigente: async () => (await verifier.verify(token)).ok,
      })
      if (seguimiento.resultado !== 'abierto') throw negado(seguimiento.resultado)
      return new Response(comoCuerpo(seguimiento.flujo), { headers: cabecerasFlujo })
    },
    {
      acceso: 'usuario',
      headers: ConUltimoEvento,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Los cambios de los pedidos, según ocurren',
        description:
          'Server-Sent Events, uno por cada cambio: `data` es `{pedidoId, numero, estado, motivo, en}`. De los pedidos propios; el personal, de todos. Sin `Last-Event-ID` empieza ahora; con el `id` del último bloque recibido sigue justo después, sin saltarse nada. También los bloques sin `data` (el primero, y un latido cada 15 s) traen un `id` que cuenta. El flujo acaba cuando caduca o deja de valer el token, cuando se lee demasiado despacio y cuando el servicio se detiene: vuelve con el último `id`. Hasta 16 flujos por persona; más responden 429.',
      },
    },
  )
