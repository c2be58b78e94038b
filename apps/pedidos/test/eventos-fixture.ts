import { silentLogger } from '@encargo/service-kit/run/logger'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { Difusion, type DifusionOptions } from '../src/app/difusion.ts'
import { comoCuerpo } from '../src/http/sse.ts'
import type { Flujo } from '../src/app/flujo.ts'
import { createHistorial } from '../src/store/historial.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'
import { escritor } from './contract/fixture.ts'
import { createTestTimer, storeDe } from './fixture.ts'

export const siempre = () => Promise.resolve(true)

/** A history in memory and those who follow it. Commits wake it unless `avisar` is false. */
export async function prepararEventos(over: Partial<DifusionOptions> = {}, avisar = true) {
  const { timer, waiting } = createTestTimer()
  const storage = openPedidosStorage(':memory:', () => {
    if (avisar) difusion.despertar()
  })
  const historial = createHistorial(storage)
  const clock = createTestClock(0)
  const difusion = new Difusion({ historial, timer, logger: silentLogger, clock, ...over })
  /** Runs what waits for `ms` milliseconds. */
  const pasar = (ms: number) => {
    for (const { work } of waiting.splice(0).filter((one) => one.ms === ms || !waiting.push(one)))
      work()
  }
  const seguir = async (
    clienteId: string | undefined,
    desde?: number,
    usuarioId = clienteId ?? 'jefa',
  ) => {
    const peticion = { usuarioId, clienteId, desde, hastaMs: 600_000, vigente: siempre }
    const uno = await difusion.seguir(peticion)
    if (uno.tipo !== 'abierto') throw new Error(uno.tipo)
    return new Lector(uno.flujo)
  }
  return {
    storage,
    historial,
    difusion,
    waiting,
    pasar,
    seguir,
    ...escritor(await storeDe(storage)),
  }
}

const leerDe = (flujo: Flujo) => comoCuerpo(flujo).getReader()

/** Reads a stream as a client does: blocks, and the id to resume from. */
export class Lector {
  readonly #reader: ReturnType<typeof leerDe>
  readonly numeros: number[] = []
  readonly bloques: string[] = []
  ultimo = -1

  constructor(flujo: Flujo) {
    this.#reader = leerDe(flujo)
  }

  /** One chunk; false at the end. */
  async leer(): Promise<boolean> {
    const { value, done } = await this.#reader.read()
    if (done) return false
    for (const bloque of new TextDecoder().decode(value).split('\n\n').filter(Boolean)) {
      this.bloques.push(bloque)
      this.ultimo = Number(/^id: (\d+)$/m.exec(bloque)?.[1])
      if (bloque.includes('event: pedido')) this.numeros.push(this.ultimo)
    }
    return true
  }

  async hasta(ultimo: number): Promise<void> {
    while (this.ultimo < ultimo && (await this.leer()));
  }

  soltar(): Promise<void> {
    return this.#reader.cancel()
  }
}
