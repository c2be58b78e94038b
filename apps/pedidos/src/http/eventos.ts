import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cabeceras } from '@encargo/service-kit/http/schemas'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { problemError, rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import type { TokenVerifier } from '@encargo/service-kit/identity/tokens'
import { bearerOf } from '@encargo/service-kit/identity/bearer'
import { networkOf } from '@encargo/service-kit/values/network-of'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Difusion, Negado } from '../app/difusion.ts'
import { comoCuerpo, type EventoVisto } from './sse.ts'

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
  readonly data: EventoVisto
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

const enUnRato = retryAfter(5_000)

const detalles: Record<Negado['tipo'], string> = {
  demasiados: 'Ya sigues pedidos desde demasiados sitios a la vez. Cierra alguno.',
  'demasiados-en-su-red': 'Desde tu red se siguen ya demasiados pedidos en vivo a la vez.',
  lleno: 'Ahora mismo no se siguen más pedidos en vivo. Inténtalo en unos segundos.',
  cerrado: 'El servicio se está deteniendo. Inténtalo en unos segundos.',
}

// Thrown, as Elysia's types let no handler return now a `Response` and now something else.
function negado({ tipo }: Negado) {
  const detail = detalles[tipo]
  return tipo === 'lleno' || tipo === 'cerrado'
    ? problemError('servicio-no-disponible', { detail }, enUnRato)
    : problemError('demasiadas-peticiones', { detail }, enUnRato)
}

/** Following orders as they change: needs no other service. */
export const eventosRoutes = (
  base: ReturnType<typeof service>,
  difusion: Difusion,
  verifier: TokenVerifier,
) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/pedidos/eventos',
    async ({ headers, identidad, request }) => {
      // Elysia answers HEAD by reading what GET gives to its end, which here is when the token runs out.
      if (request.method === 'HEAD') return new Response(null, { headers: cabecerasFlujo })
      // The guard let it in, so this is a look-up; a token in its last seconds may not be there.
      const token = bearerOf(headers['authorization'] ?? '') ?? ''
      const verdict = await verifier.verify(token)
      const desde = headers['last-event-id']
      const direccion = remoteAddressOf(request)
      const apertura = await difusion.seguir({
        usuarioId: identidad.id,
        red: direccion === null ? undefined : networkOf(direccion),
        clienteId: esPersonal(identidad) ? undefined : identidad.id,
        desde: desde === undefined ? undefined : Number(desde),
        hastaMs: verdict.ok ? verdict.expiresAt : 0,
        vigente: async () => (await verifier.verify(token)).ok,
      })
      if (apertura.tipo !== 'abierto') throw negado(apertura)
      return new Response(comoCuerpo(apertura.flujo), { headers: cabecerasFlujo })
    },
    {
      acceso: 'usuario',
      headers: ConUltimoEvento,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Los cambios de los pedidos, según ocurren',
        description:
          'Server-Sent Events, uno por cada cambio: `data` es `{pedidoId, numero, estado, motivo, en}`, y `tipo` cuando le pasó algo sin cambiar de estado (`envio.preparado`, `pedido.pagado`, `cobro.disputado`, `reembolso.hecho`...: los del historial). De los pedidos propios; el personal, de todos. Sin `Last-Event-ID` empieza ahora; con el `id` del último bloque recibido sigue justo después, sin saltarse nada. También los bloques sin `data` (el primero, y un latido cada 15 s) traen un `id` que cuenta. El flujo acaba cuando caduca o deja de valer el token, cuando se lee demasiado despacio y cuando el servicio se detiene: vuelve con el último `id`. Con varias réplicas, cualquiera sigue donde otra lo dejó. Hasta 16 flujos por persona y 128 por red en cada réplica; más responden 429 con `Retry-After`, y 503 si ya tiene 1000.',
      },
    },
  )
