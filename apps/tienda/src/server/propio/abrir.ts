import type { Clock } from '@encargo/service-kit/async/clock'
import { ConfigError } from '@encargo/service-kit/run/config'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { Archivo, Construccion } from '../construccion.ts'
import { Demasiado, huellaDe, leerCarpeta } from './carpeta.ts'
import { type DeLaTienda, Ilegible, leerDeLaTienda } from './leer.ts'
import { archivosPublicos } from './publico.ts'
import { sobre } from './sobre.ts'

/** How often, at most, the folder is looked at: whoever saves a page and loads it again sees it. */
const miradaMs = 1_000

interface Leida {
  readonly huella: string
  readonly deLaTienda: DeLaTienda
  readonly publico: ReadonlyMap<string, Archivo>
}

/** What the system, or what is in the folder, has against it. */
function motivo(error: unknown): string {
  if (error instanceof Demasiado || error instanceof Ilegible) return error.message
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

interface PropioDeps {
  readonly clock: Clock
  readonly logger: Logger
}

/** The shop's own folder, as it was when it was looked at last and could be understood. */
export class CarpetaPropia {
  readonly #carpeta: string
  readonly #deps: PropioDeps
  #leida: Leida
  #miradaEn: number
  /** What could not be understood is said once. */
  #rechazada: string | undefined
  #mirando: Promise<void> | undefined
  #ultima: { readonly de: readonly unknown[]; readonly hecha: Promise<Construccion> } | undefined

  /** @throws ConfigError where the folder can't be read, or something in it is not understood */
  static async abrir(dicha: string, deps: PropioDeps): Promise<CarpetaPropia> {
    const carpeta = resolveDataDir(dicha)
    try {
      const leida = await leer(carpeta, await huellaDe(carpeta), deps.logger)
      return new CarpetaPropia(carpeta, leida, deps)
    } catch (error) {
      throw new ConfigError(
        `TIENDA_DIR must be a folder of pages, texts and files, got "${dicha}": ${motivo(error)}`,
      )
    }
  }

  private constructor(carpeta: string, leida: Leida, deps: PropioDeps) {
    this.#carpeta = carpeta
    this.#leida = leida
    this.#deps = deps
    this.#miradaEn = deps.clock.monoMs()
  }

  /** What was built with what is the shop's own in it; made anew only when either has changed. */
  async con(base: Construccion): Promise<Construccion> {
    if (this.#deps.clock.monoMs() - this.#miradaEn >= miradaMs) {
      this.#mirando ??= this.#mirar().finally(() => (this.#mirando = undefined))
    }
    await this.#mirando
    const { deLaTienda, publico } = this.#leida
    if (this.#ultima?.de[0] !== base || this.#ultima.de[1] !== deLaTienda) {
      this.#ultima = { de: [base, deLaTienda], hecha: sobre(base, deLaTienda, publico) }
    }
    return await this.#ultima.hecha
  }

  /** Somebody may be in the middle of writing: what is not understood leaves what was there before. */
  async #mirar(): Promise<void> {
    const { logger, clock } = this.#deps
    let huella: string | undefined
    try {
      huella = await huellaDe(this.#carpeta)
      if (huella === this.#leida.huella || huella === this.#rechazada) return
      this.#leida = await leer(this.#carpeta, huella, logger)
    } catch (error) {
      if (huella === undefined || huella !== this.#rechazada) {
        logger.warn(`TIENDA_DIR stays as it was: ${motivo(error)}`)
      }
      this.#rechazada = huella
    } finally {
      this.#miradaEn = clock.monoMs()
    }
  }
}

async function leer(carpeta: string, huella: string, logger: Logger): Promise<Leida> {
  const deLaTienda = leerDeLaTienda(await leerCarpeta(carpeta))
  for (const reparo of deLaTienda.reparos) logger.warn(`TIENDA_DIR: ${reparo}`)
  return { huella, deLaTienda, publico: await archivosPublicos(deLaTienda.publico) }
}
