import { Arrivals } from '@encargo/service-kit/http/edge/arrivals'
import {
  gaveWay,
  maxBodyMs,
  readBody,
  refuseUnread,
  streamBody,
} from '@encargo/service-kit/http/edge/read-body'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'

/** Up to here a body is taken whole before any service is asked, so that it holds no call to one. */
const enteroBytes = 64 * 1024

/** The largest that any service takes, an import, and the longest that it may be on its way. */
const subida = { maxBytes: 16 * 1024 * 1024, maxMs: 60_000 } as const

/** What is passed on piece by piece holds a call to a service for as long as it comes. */
const limitesSubidas = { maxPerAddress: 8, maxTotal: 32 } as const

/** A body on its way to a service, and what is to be done when the service has answered. */
interface Cuerpo {
  readonly cuerpo: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null
  readonly hecho: () => void
}

const ninguno: Cuerpo = { cuerpo: null, hecho: () => undefined }

function esEntero(request: Request): boolean {
  const anunciado = request.headers.get('content-length')
  return anunciado !== null && Number(anunciado) <= enteroBytes
}

/** The body as it comes, under its bounds; what goes wrong with it ends the call as well. */
function enPiezas(
  request: Request,
  cortar: (error: unknown) => void,
  maxBytes: number,
): ReadableStream<Uint8Array> {
  const piezas = streamBody(request, { ...subida, maxBytes })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await piezas.next()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          cortar(error)
          controller.error(error)
        }
      },
      cancel() {
        void piezas.return()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The bodies that tienda passes on: small ones whole, large ones in pieces and few at a time. */
export class Cuerpos {
  readonly #subidas = new Arrivals(limitesSubidas)

  /**
   * @param cortar ends the call to the service when the body is not waited for any longer
   * @param maxBytes the largest that its route takes, if not any
   * @throws ProblemError 413, 415, 408, 503
   */
  async tomar(
    request: Request,
    cortar: (error: unknown) => void,
    maxBytes: number = subida.maxBytes,
  ): Promise<Cuerpo> {
    if (request.method === 'GET' || request.method === 'HEAD') return ninguno
    if (esEntero(request)) {
      const limites = { maxBytes: enteroBytes, maxMs: maxBodyMs }
      return { ...ninguno, cuerpo: new Uint8Array(await readBody(request, limites)) }
    }
    refuseUnread(request, maxBytes)
    if (request.body === null) return ninguno
    const direccion = remoteAddressOf(request) ?? ''
    const hecho = this.#subidas.add(direccion, () => cortar(gaveWay()))
    return { cuerpo: enPiezas(request, cortar, maxBytes), hecho }
  }
}
