import type { DineroHecho, DeVenta, Hecho } from '../domain/hecho.ts'
import type { CajaStore } from '../ports/caja.ts'

/** How much of the history one page looks at. */
const limite = 500

/** A span of time, milliseconds since the epoch. */
interface Lapso {
  readonly desde: number
  readonly hasta: number
}

/** What was sold and given up in a span of time, in the order of the history. */
export async function* exportarVentas(
  { hechos }: Pick<CajaStore, 'hechos'>,
  lapso: Lapso,
): AsyncGenerator<readonly DeVenta[]> {
  let despuesDe = 0
  for (;;) {
    const pagina = await hechos({ lapso, despuesDe, limite })
    if (pagina.hasta === undefined) return
    yield pagina.hechos
    despuesDe = pagina.hasta
  }
}

async function* exportarDinero(
  { dinero }: Pick<CajaStore, 'dinero'>,
  lapso: Lapso,
): AsyncGenerator<readonly DineroHecho[]> {
  let despuesDe: DineroHecho | undefined
  do {
    const pagina = await dinero({ lapso, despuesDe, limite })
    yield pagina
    despuesDe = pagina.at(-1)
  } while (despuesDe)
}

/** Pages one fact at a time, and which one is next. */
class Fila {
  readonly #paginas: AsyncIterator<readonly Hecho[]>
  #pagina: readonly Hecho[] = []
  #lugar = 0

  constructor(paginas: AsyncGenerator<readonly Hecho[]>) {
    this.#paginas = paginas
  }

  /** Undefined at the end. */
  async primero(): Promise<Hecho | undefined> {
    while (this.#lugar >= this.#pagina.length) {
      const { done, value } = await this.#paginas.next()
      if (done === true) return undefined
      this.#pagina = value
      this.#lugar = 0
    }
    return this.#pagina[this.#lugar]
  }

  pasar(): void {
    this.#lugar++
  }
}

/** Sales and credits with the money that moved between them, by when it did. */
export async function* exportarHechos(
  store: Pick<CajaStore, 'hechos' | 'dinero'>,
  lapso: Lapso,
): AsyncGenerator<readonly Hecho[]> {
  const ventas = new Fila(exportarVentas(store, lapso))
  const dinero = new Fila(exportarDinero(store, lapso))
  let juntos: Hecho[] = []
  for (;;) {
    const [venta, movido] = [await ventas.primero(), await dinero.primero()]
    const de = !movido || (venta && venta.en <= movido.en) ? ventas : dinero
    const hecho = de === ventas ? venta : movido
    if (!hecho) break
    de.pasar()
    juntos.push(hecho)
    if (juntos.length < limite) continue
    yield juntos
    juntos = []
  }
  yield juntos
}
