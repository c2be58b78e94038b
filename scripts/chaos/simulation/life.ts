import type { Chance } from '../random.ts'

/** What a process that has ended does not do any more. */
export class Dead extends Error {
  override readonly name = 'Dead'
}

/** What of the ports is no question to anybody: it is answered at once. */
const atOnce = new Set<string | symbol>(['idDeClave'])

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isPort = (value: unknown): value is object =>
  isObject(value) && !(value instanceof Map) && !Array.isArray(value)
const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * One life of a service within this process. It may end before or after any of its steps, which are what it
 * asks of its ports and of others: from then on it writes nothing, asks nobody, and nobody hears of it.
 */
export class Life {
  readonly #chance: Chance
  #left = Infinity
  #dead = false

  constructor(chance: Chance) {
    this.#chance = chance
  }

  get dead(): boolean {
    return this.#dead
  }

  /** Ends it when it has come to so many steps more. */
  endIn(steps: number): void {
    this.#left = steps
  }

  #step(): void {
    if (!this.#dead && --this.#left <= 0) this.#dead = true
    if (this.#dead) throw new Dead('it was killed')
  }

  /** Does `work` between two steps; others have their turn before it, as it comes. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    for (let turns = this.#chance.between(0, 2); turns > 0; turns--) await breath()
    this.#step()
    try {
      return await work()
    } finally {
      this.#step()
    }
  }

  #port<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        if (atOnce.has(name)) return member.bind(target)
        return (...args: readonly unknown[]) =>
          this.around(async (): Promise<unknown> => await Reflect.apply(member, target, args))
      },
    })
  }

  /** For `outside.around`. */
  readonly ports = <Ports extends object>(ports: Ports): Ports => {
    const entries = Object.entries(ports).map(
      ([name, port]) => [name, isPort(port) ? this.#port(port) : port] as const,
    )
    return { ...ports, ...Object.fromEntries(entries) }
  }
}
