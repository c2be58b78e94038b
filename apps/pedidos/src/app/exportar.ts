import type { Hecho } from '../domain/hecho.ts'
import type { CajaStore } from '../ports/caja.ts'

/** How much of the history one page looks at. */
const limite = 500

/** What happened to money in a span of time, milliseconds since the epoch, in the order of the history. */
export async function* exportarHechos(
  { hechos }: Pick<CajaStore, 'hechos'>,
  lapso: { readonly desde: number; readonly hasta: number },
): AsyncGenerator<readonly Hecho[]> {
  let despuesDe = 0
  for (;;) {
    const pagina = await hechos({ lapso, despuesDe, limite })
    if (pagina.hasta === undefined) return
    yield pagina.hechos
    despuesDe = pagina.hasta
  }
}
