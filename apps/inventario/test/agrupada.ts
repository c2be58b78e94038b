import type { Engine, Many } from '@encargo/storage'

/** Requests that were asked for in the same moment. */
class Cola<Q, A> {
  readonly #engine: Engine
  readonly #many: Many<Q, A>
  #esperan: { readonly peticion: Q; readonly fin: PromiseWithResolvers<A> }[] = []

  constructor(engine: Engine, many: Many<Q, A>) {
    this.#engine = engine
    this.#many = many
  }

  pedir(peticion: Q): Promise<A> {
    const fin = Promise.withResolvers<A>()
    if (this.#esperan.push({ peticion, fin }) === 1) queueMicrotask(() => void this.#escribir())
    return fin.promise
  }

  async #escribir(): Promise<void> {
    const juntas = this.#esperan
    this.#esperan = []
    const peticiones = juntas.map(({ peticion }) => peticion)
    const answers = await this.#engine.write(() => this.#many.all(peticiones))
    for (const [index, { fin }] of juntas.entries()) {
      Promise.try(answers[index] as () => A).then(fin.resolve, fin.reject)
    }
  }
}

/** SQLite as if others wrote to it as well: requests of one moment are answered by the same statements. */
export function agrupada(engine: Engine): Engine {
  const colas = new Map<unknown, unknown>()
  return {
    ...engine,
    shared: true,
    writeEach<Q, A>(many: Many<Q, A>, peticion: Q) {
      const cola = (colas.get(many) as Cola<Q, A> | undefined) ?? new Cola(engine, many)
      colas.set(many, cola)
      return cola.pedir(peticion)
    },
  }
}
