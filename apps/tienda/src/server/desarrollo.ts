import { watch } from 'node:fs'
import { join } from 'node:path'
import { describeError, type Logger } from '@encargo/service-kit/run/logger'
import { cabecerasPagina } from './cabeceras.ts'
import { conEnCabeza, conImagenes, type Construccion, construir } from './construccion.ts'

const fuentes = join(import.meta.dir, '..')
const rutaEventos = '/desarrollo/cambios'
const rutaGuion = '/desarrollo/recarga.js'

/**
 * Reloads the page whenever what was built is no longer what it came with, also when tienda comes
 * back. One tab holds the stream and tells the others: a browser has six connections for all of them.
 */
const guionDe = (version: string) => `
const canal = new BroadcastChannel('${rutaEventos}')
const alSaber = ({ data }) => data === '${version}' || location.reload()
const seguir = () => new Promise(() => {
  new EventSource('${rutaEventos}').onmessage = (mensaje) => {
    canal.postMessage(mensaje.data)
    alSaber(mensaje)
  }
})
canal.onmessage = alSaber
if (navigator.locks) navigator.locks.request('${rutaEventos}', seguir)
else seguir()
`

async function construirAhora(origenesImagen: readonly string[]): Promise<Construccion> {
  const { construccion } = await construir({ desarrollo: true })
  const guion = `<script type="module" src="${rutaGuion}"></script>`
  const paginas = await conEnCabeza(construccion, guion)
  return await conImagenes({ ...construccion, paginas }, origenesImagen)
}

/** What is wrong and where, as far as the bundler knows it. */
function reparosDe(error: unknown): unknown[] {
  if (!(error instanceof AggregateError)) return [describeError(error)]
  return error.errors.map((one: unknown) =>
    one instanceof BuildMessage && one.position
      ? `${one.position.file}:${one.position.line}:${one.position.column} ${one.message}`
      : String(one),
  )
}

/** The front end as it stands in the sources: built again after each change, and pages reloaded. */
export class Desarrollo {
  readonly #logger: Logger
  readonly #origenesImagen: readonly string[]
  readonly #oyentes = new Set<ReadableStreamDefaultController<string>>()
  #construccion: Construccion
  #construyendo = false
  #otraVez = false
  #version = String(Date.now())
  readonly #vigia
  /** A stream that says nothing for half a minute is cut, and the browser's console tells of it in red. */
  readonly #latido = setInterval(() => this.#decir(':\n\n'), 15_000)

  static async abrir(logger: Logger, origenesImagen: readonly string[]): Promise<Desarrollo> {
    return new Desarrollo(logger, origenesImagen, await construirAhora(origenesImagen))
  }

  private constructor(
    logger: Logger,
    origenesImagen: readonly string[],
    construccion: Construccion,
  ) {
    this.#logger = logger
    this.#origenesImagen = origenesImagen
    this.#construccion = construccion
    this.#vigia = watch(fuentes, { recursive: true }, (_, archivo) => {
      if (archivo === null || /\.(?:tsx?|css|html|svg)$/.test(archivo)) this.#cambio()
    })
  }

  readonly construccion = () => this.#construccion

  readonly extra = (_: Request, pathname: string): Response | undefined => {
    if (pathname === rutaGuion) {
      const headers = {
        ...cabecerasPagina,
        'content-type': 'text/javascript;charset=utf-8',
        'cache-control': 'no-store',
      }
      return new Response(guionDe(this.#version), { headers })
    }
    return pathname === rutaEventos ? this.#seguir() : undefined
  }

  cerrar(): void {
    clearInterval(this.#latido)
    this.#vigia.close()
    for (const oyente of this.#oyentes) oyente.close()
    this.#oyentes.clear()
  }

  #decir(texto: string): void {
    for (const oyente of this.#oyentes) oyente.enqueue(texto)
  }

  #seguir(): Response {
    let propio: ReadableStreamDefaultController<string> | undefined
    const flujo = new ReadableStream<string>({
      start: (controller) => {
        propio = controller
        this.#oyentes.add(controller)
        controller.enqueue(`data: ${this.#version}\n\n`)
      },
      cancel: () => {
        if (propio) this.#oyentes.delete(propio)
      },
    })
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
    return new Response(flujo.pipeThrough(new TextEncoderStream()), { headers })
  }

  #cambio(): void {
    this.#otraVez = true
    if (!this.#construyendo) void this.#construir()
  }

  async #construir(): Promise<void> {
    this.#construyendo = true
    while (this.#otraVez) {
      this.#otraVez = false
      try {
        this.#construccion = await construirAhora(this.#origenesImagen)
        this.#version = String(Date.now())
        this.#decir(`data: ${this.#version}\n\n`)
      } catch (error) {
        this.#logger.error('the front end does not build', { errors: reparosDe(error) })
      }
    }
    this.#construyendo = false
  }
}
