/** What the lines of all services have that are told as one list. */
export interface Linea {
  readonly numero: number
  readonly en: string
}
export interface Pagina<L extends Linea> {
  readonly datos: readonly L[]
  readonly siguiente: string | null
}

/** A line, and whose it is. */
export type De<S extends string, L extends Linea> = L & { readonly servicio: S }

/** How far the log of a service has been read. */
export interface Lectura<L extends Linea> {
  /** Read and not shown yet, the latest first. */
  readonly pendientes: readonly L[]
  /** Where it goes on; null after its end. */
  readonly cursor: string | null | undefined
}
export type Lecturas<S extends string, L extends Linea> = Readonly<Partial<Record<S, Lectura<L>>>>

/** Some lines of all services, the latest first. */
export interface Mezcla<S extends string, L extends Linea> {
  readonly datos: readonly De<S, L>[]
  /** Which services did not answer: what they have is missing. */
  readonly ausentes: readonly S[]
  /** Null after the end of all. */
  readonly siguiente: Lecturas<S, L> | null
}

interface Fuente<S extends string, L extends Linea> {
  readonly servicio: S
  /** `cursor` undefined: from its latest line on. */
  readonly pedir: (cursor: string | undefined) => Promise<Pagina<L>>
}

async function avanzar<L extends Linea>(
  { pedir }: Pick<Fuente<string, L>, 'pedir'>,
  { pendientes, cursor }: Lectura<L>,
): Promise<Lectura<L>> {
  if (pendientes.length > 0 || cursor === null) return { pendientes, cursor }
  const { datos, siguiente } = await pedir(cursor)
  return { pendientes: datos, cursor: siguiente }
}

/**
 * Goes on with the logs of all services from where `lecturas` left them, and tells as many lines as surely
 * come before all that is not read yet. A service that does not answer is left out from then on.
 * @throws what the first one failed with, where none answers
 */
export async function mezclar<S extends string, L extends Linea>(
  fuentes: readonly Fuente<S, L>[],
  lecturas: Lecturas<S, L>,
): Promise<Mezcla<S, L>> {
  const nueva: Lectura<L> = { pendientes: [], cursor: undefined }
  const hechas = await Promise.allSettled(
    fuentes.map((una) => avanzar(una, lecturas[una.servicio] ?? nueva)),
  )
  const primera = hechas[0]
  if (primera?.status === 'rejected' && hechas.every(({ status }) => status === 'rejected')) {
    throw primera.reason
  }
  const leidas = fuentes.map(({ servicio }, at) => {
    const hecha = hechas[at]
    const vacia: Lectura<L> = { pendientes: [], cursor: null }
    return { servicio, ...(hecha?.status === 'fulfilled' ? hecha.value : vacia) }
  })
  // What is behind the last line of one that goes on may still come between.
  const hasta = leidas
    .flatMap(({ pendientes, cursor }) => (cursor === null ? [] : (pendientes.at(-1)?.en ?? [])))
    .reduce((mayor, en) => (en > mayor ? en : mayor), '')
  const datos = leidas
    .flatMap(({ servicio, pendientes }) =>
      pendientes.filter(({ en }) => en >= hasta).map((una) => ({ ...una, servicio })),
    )
    .toSorted((una, otra) => (una.en === otra.en ? 0 : una.en < otra.en ? 1 : -1))
  const quedan = leidas.map(({ servicio, pendientes, cursor }) => [
    servicio,
    { pendientes: pendientes.filter(({ en }) => en < hasta), cursor },
  ])
  const hayMas = leidas.some(
    ({ pendientes, cursor }) => cursor !== null || pendientes.some(({ en }) => en < hasta),
  )
  const ausentes = fuentes.flatMap(({ servicio }, at) =>
    hechas[at]?.status === 'rejected' ? servicio : [],
  )
  return { datos, ausentes, siguiente: hayMas ? Object.fromEntries(quedan) : null }
}
