import { horaMs } from '../../../apps/pedidos/test/contract/fixture.ts'
import type { Chance } from './chance.ts'
import { type Maker, operation } from './operation.ts'
import type { Store } from './pedidos-store.ts'

interface Mundo {
  readonly numero: () => number
  readonly pedido: () => string
  readonly actor: () => string
  readonly moment: () => number
  readonly limite: () => number
  /** In the history. */
  readonly lugar: () => number
}

/** What staff do to orders beside ending them, and what the books ask. */
export function caja(
  { below, of, text }: Chance,
  { numero, pedido, actor, moment, limite, lugar }: Mundo,
) {
  const anular: Maker<Store> = () => {
    const [n, pedidoId] = [numero(), pedido()]
    const que = { numero: n, pedidoId, id: `anulacion-${n}`, actor: actor(), motivo: text(3) }
    const una = { ...que, ahora: moment(), proximaEn: moment(), traza: 't' }
    return operation('anular', (store) => store.anular(una))
  }
  const anotar: Maker<Store> = () => {
    const una = { numero: numero(), texto: of('a', 'b'), actor: actor(), ahora: moment() }
    return operation('anotar', (store) => store.anotar(una))
  }
  const notas: Maker<Store> = () => {
    const lista = { numero: numero(), antesDe: of(undefined, below(9)), limite: limite() }
    return operation('notas', (store) => store.notas(lista))
  }
  const ventas: Maker<Store> = () => {
    const desde = moment() - below(99) * horaMs
    const lapso = { desde, hasta: desde + below(99) * horaMs }
    const consulta = { lapso, despuesDe: lugar(), limite: limite() }
    return operation('hechos', (store) => store.hechos(consulta))
  }
  const dinero: Maker<Store> = () => {
    const desde = moment() - below(99) * horaMs
    const lapso = { desde, hasta: desde + below(99) * horaMs }
    const consulta = { lapso, despuesDe: undefined, limite: limite() }
    return operation('dinero', (store) => store.dinero(consulta))
  }
  return { writes: [anular, anotar], reads: [notas, ventas, dinero] }
}
