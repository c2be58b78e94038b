import { readFileSync } from 'node:fs'
import { ConfigError, type Environment } from './config.ts'

/**
 * Every durable write and every call between services, as the crash tests know them. Each step has
 * two points, `<step>.antes` and `<step>.despues`, at which a process can be made to die.
 */
export const crashSteps = [
  'pedidos.comprar.preguntar',
  'pedidos.comprar.reservar',
  'pedidos.comprar.escribir',
  'pedidos.comprar.negar',
  'pedidos.intencion.escribir',
  'pedidos.confirmar.llamar',
  'pedidos.liberar.llamar',
  'pedidos.final.escribir',
  'pedidos.prorrogar.llamar',
  'pedidos.prorrogar.escribir',
  'pedidos.obligacion.tomar',
  'pedidos.obligacion.aplazar',
  'pedidos.vencer.escribir',
  'pedidos.descarte.escribir',
  'pedidos.descarte.llamar',
  'pedidos.descarte.cerrar',
  'pedidos.barrido.listar',
  'pedidos.barrido.cerrar',
  'pedidos.barrido.marcar',
  'pedidos.limpiar.escribir',
  'pedidos.seguir.escribir',
  'pedidos.borrados.listar',
  'pedidos.borrados.releer',
  'pedidos.borrados.anotar',
  'pedidos.borrados.escribir',
  'pedidos.borrados.cerrar',
  'pedidos.token.pedir',
  'inventario.alta.preguntar',
  'inventario.alta.escribir',
  'inventario.cambio.escribir',
  'inventario.importar.preguntar',
  'inventario.importar.escribir',
  'inventario.reservar.escribir',
  'inventario.confirmar.escribir',
  'inventario.liberar.escribir',
  'inventario.expirar.escribir',
  'inventario.prorrogar.escribir',
  'inventario.limpiar.escribir',
  'inventario.enlazar.escribir',
  'productos.escribir',
  'productos.importar.escribir',
  'auth.escribir',
  'auth.correo.enviar',
  'auth.correo.anotar',
  'servicio.claves.pedir',
  'servicio.archivo.crear',
] as const

export type CrashStep = (typeof crashSteps)[number]
export type CrashPoint = `${CrashStep}.${'antes' | 'despues'}`

/** All points, in the registry's order. */
export const crashPoints: readonly CrashPoint[] = crashSteps.flatMap((step) => [
  `${step}.antes` as const,
  `${step}.despues` as const,
])

type Armed =
  | {
      readonly mode: 'kill'
      readonly point: CrashPoint
      /** How many more times the point is reached before it kills. */
      left: number
    }
  | { readonly mode: 'record'; readonly passed: (point: CrashPoint) => void }

let armed: Armed | undefined

/** Dies as under `kill -9`: nothing is flushed, closed or answered. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Bun.sleepSync(1000)
}

function read(text: string, say: (line: string) => void): Armed {
  if (text === 'record') {
    return { mode: 'record', passed: (point) => say(`crash point passed: ${point}`) }
  }
  const [name, nth = '1'] = text.split(':')
  const point = crashPoints.find((one) => one === name)
  if (point === undefined || !/^[1-9]\d{0,5}$/.test(nth)) {
    throw new ConfigError(
      `CRASH_AT must be a crash point and, optionally, its nth passing (${crashPoints[0]}:2), got ${JSON.stringify(text)}`,
    )
  }
  return { mode: 'kill', point, left: Number(nth) }
}

/**
 * Reads `CRASH_AT=<point>[:<nth>]` when a process starts; without it points do nothing, for good.
 * `CRASH_AT=record` says every point that is passed instead of dying. `CRASH_AT=@<file>` arms
 * nothing yet: each SIGUSR2 then reads what to do from the file, and says so when it is done.
 *
 * @throws ConfigError for a point that is not in the registry, as a typing mistake would prove nothing
 */
export function armCrashPoint(env: Environment, say: (line: string) => void = () => {}): void {
  const text = env['CRASH_AT']
  if (text === undefined || text === '') return
  if (!text.startsWith('@')) {
    armed = read(text, say)
    return
  }
  process.on('SIGUSR2', () => {
    const asked = readFileSync(text.slice(1), 'utf8')
    armed = read(asked, say)
    say(`crash point armed: ${asked}`)
  })
}

/** Kills this process if it was started to die here. */
export function crashPoint(point: CrashPoint): void {
  if (armed === undefined) return
  if (armed.mode === 'record') armed.passed(point)
  else if (armed.point === point && --armed.left === 0) die()
}

/**
 * Runs a durable write or a call to another service between its two points. A step that fails
 * passes the second one as well: the caller then knows as much as after an answer.
 *
 * @example await crashAround('pedidos.confirmar.llamar', () => reservas.confirmar(id, call))
 */
export function crashAround<T>(step: CrashStep, work: () => Promise<T>): Promise<T> {
  // Not an async function: several of these are around a purchase, and none does anything.
  if (armed === undefined) return started(work)
  return crashingAround(step, work)
}

/** Calls `work`; what it throws before its first wait is a rejection too. */
function started<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work()
  } catch (error) {
    return Promise.reject(error)
  }
}

async function crashingAround<T>(step: CrashStep, work: () => Promise<T>): Promise<T> {
  crashPoint(`${step}.antes`)
  try {
    return await work()
  } finally {
    crashPoint(`${step}.despues`)
  }
}
