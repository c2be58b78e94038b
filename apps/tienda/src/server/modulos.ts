import { posix } from 'node:path'

/** The built scripts that a source below `src` needs once it is imported, by its path there. */
export type Modulos = ReadonlyMap<string, readonly string[]>

const rutaDe = (salida: string) => posix.join('/', salida)

/** Follows what the bundler says of its outputs; what the page itself brings along is left out. */
export function modulosDe({ outputs }: Bun.BuildMetafile): Modulos {
  const importados = new Map(
    Object.entries(outputs).map(([salida, { imports }]) => {
      const estaticos = imports.filter(({ kind }) => kind === 'import-statement')
      return [rutaDe(salida), estaticos.map(({ path }) => rutaDe(path))]
    }),
  )
  const con = (ruta: string, vistos: Set<string>): Set<string> => {
    if (vistos.has(ruta)) return vistos
    vistos.add(ruta)
    for (const otra of importados.get(ruta) ?? []) con(otra, vistos)
    return vistos
  }
  const entradas = Object.entries(outputs).flatMap(([salida, { entryPoint }]) =>
    entryPoint === undefined
      ? []
      : [[entryPoint.replace(/^.*\/src\//, ''), rutaDe(salida)] as const],
  )
  const deLaPagina = new Set(
    entradas
      .filter(([fuente]) => fuente === 'index.html')
      .flatMap(([, ruta]) => [...con(ruta, new Set())]),
  )
  return new Map(
    entradas.map(([fuente, ruta]) => [
      fuente,
      [...con(ruta, new Set())].filter((una) => !deLaPagina.has(una)),
    ]),
  )
}
