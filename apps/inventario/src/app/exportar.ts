import { type CallContext, renewed } from '@encargo/service-kit/peer/call-context'
import type { Existencia } from '../domain/existencia.ts'
import type { Catalogo, ExistenciasStore, ProductoNombrado } from '../ports.ts'

/** How many rows a page has: as many products as one question to the catalogue names. */
const limite = 200

export interface ExportarDeps {
  readonly store: Pick<ExistenciasStore, 'existencias' | 'ultimosMovimientos'>
  readonly catalogo: Pick<Catalogo, 'porIds'>
}

/** A product's stock, the last line of its ledger (0: it has none), and what the catalogue calls it. */
export interface FilaExportada {
  readonly existencia: Existencia
  readonly libro: number
  readonly producto: ProductoNombrado | undefined
}

/**
 * Page after page of the stock, in the order of the products' ids.
 * @throws PeerUnavailableError when the catalogue can't be asked
 */
export async function* exportarExistencias(
  { store, catalogo }: ExportarDeps,
  call: CallContext,
): AsyncGenerator<FilaExportada[]> {
  let despuesDe: { readonly productoId: string } | undefined
  do {
    const leidas = await store.existencias({
      bajoMinimo: false,
      orden: 'productoId',
      despuesDe,
      limite,
    })
    const existencias = leidas.slice(0, limite)
    const ids = existencias.map(({ productoId }) => productoId)
    const ultimos = await store.ultimosMovimientos(ids)
    // Each page has its own time: how long the whole takes is up to its reader.
    const nombrados = await catalogo.porIds(ids, renewed(call))
    const porId = new Map(nombrados.map((one) => [one.id, one]))
    yield existencias.map((existencia) => ({
      existencia,
      libro: ultimos.get(existencia.productoId) ?? 0,
      producto: porId.get(existencia.productoId),
    }))
    despuesDe = leidas.length > limite ? existencias.at(-1) : undefined
  } while (despuesDe)
}
