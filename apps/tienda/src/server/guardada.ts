import { mkdir, readFile, rename } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { inProgram, isExecutable } from '@encargo/program'
import { type Construccion, construir } from './construccion.ts'

/** What is kept: the front end, and what tells whether it is still the one of these sources. */
interface Guardada {
  readonly fuentes: readonly string[]
  readonly huella: string
  readonly construccion: Construccion
}

const lugarGuardada = inProgram('apps/tienda/.construida/construccion.bin')

/** Sources, dependencies and the bundler itself: a digest of all that a build follows from. */
async function huellaDe(fuentes: readonly string[]): Promise<string> {
  const digest = new Bun.CryptoHasher('sha256')
  digest.update(Bun.version)
  const contenidos = ['bun.lock', ...fuentes].map((una) => readFile(inProgram(una)))
  for (const contenido of await Promise.all(contenidos)) {
    digest.update(String(contenido.length)).update(contenido)
  }
  return digest.digest('hex')
}

/**
 * Builds the front end for production and keeps it, whole or not at all, so that starts need not:
 * a build takes a second of both processors, and ten on a busy machine.
 */
export async function guardarConstruccion(lugar = lugarGuardada): Promise<void> {
  const { construccion, fuentes } = await construir({ desarrollo: false })
  const propias = fuentes.map((una) => relative(inProgram(''), resolve(una)))
  const guardada: Guardada = { fuentes: propias, huella: await huellaDe(propias), construccion }
  await mkdir(join(lugar, '..'), { recursive: true })
  await Bun.write(`${lugar}.${process.pid}`, serialize(guardada))
  await rename(`${lugar}.${process.pid}`, lugar)
}

/** What was kept, or undefined when there is none, or none of these sources; the executable has no others. */
export async function leerConstruccion(lugar = lugarGuardada): Promise<Construccion | undefined> {
  try {
    const { fuentes, huella, construccion } = deserialize(await readFile(lugar)) as Guardada
    const vale = isExecutable || (await huellaDe(fuentes)) === huella
    return vale ? construccion : undefined
  } catch {
    // Not there, cut short, of another version, or a source is gone: it is built anew.
    return undefined
  }
}
