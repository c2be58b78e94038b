import type { Movimiento } from '../../src/domain/movimiento.ts'
import type { PagosStore } from '../../src/ports/store.ts'
import type { Verdad } from '../../src/domain/verdad.ts'

/** When, in most tests, and on whose behalf. */
export const cuando = { ahora: 1_800_000_000_000, traza: 'traza' } as const

/** A charge that is about to be made, of an order of its own. */
export const cobroNuevo = (proveedor: 'stripe' | 'manual' = 'stripe') => ({
  id: Bun.randomUUIDv7(),
  pedidoId: Bun.randomUUIDv7(),
  numero: 7,
  clienteId: Bun.randomUUIDv7(),
  creadoPor: Bun.randomUUIDv7(),
  metodo: 'tarjeta',
  proveedor,
  momento: 'antes' as const,
  importe: 1_000,
  moneda: 'USD',
  volverA: 'https://tienda.example/v',
  expiraEn: cuando.ahora + 1_800_000,
  apartarHasta: cuando.ahora + 2_400_000,
})

/** What a provider says of a charge. */
export const vistoDe = (cobroId: string, cambios: Partial<Verdad> = {}): Verdad => ({
  estado: 'abierto',
  causa: undefined,
  moneda: 'USD',
  cobroId,
  expiraEn: undefined,
  movimientos: [],
  reembolsos: [],
  disputa: undefined,
  ultimoRechazo: undefined,
  ...cambios,
})

const { ahora } = cuando
const id = () => Bun.randomUUIDv7()

export const captura = (importe: number, en: number = ahora): Movimiento => ({
  tipo: 'captura',
  importe,
  referencia: id(),
  en,
})

export const nuevo = async (store: PagosStore, proveedor?: 'manual') => {
  const cobro = cobroNuevo(proveedor)
  await store.crear({ cobro, clave: undefined, proximaEn: ahora + 9, ...cuando })
  return cobro
}
export const abierto = async (store: PagosStore, proveedor?: 'manual') => {
  const { id: cobroId } = await nuevo(store, proveedor)
  const sesion = {
    referencia: `cs ${cobroId}`,
    url: 'https://pagar.example/',
    expiraEn: undefined,
  }
  await store.abrir({ cobroId, sesion, ordenes: [], consultable: !proveedor, ...cuando })
  return cobroId
}
export const pagado = async (store: PagosStore, importe = 1_000) => {
  const cobroId = await abierto(store)
  const visto = vistoDe(cobroId, { estado: 'cobrado', movimientos: [captura(importe)] })
  await store.conciliar({ cobroId, proveedor: 'stripe', visto, consultable: true, ...cuando })
  return cobroId
}
export const pedir = (store: PagosStore, cobroId: string, importe: number, cual = id()) =>
  store.pedir({ id: cual, cobroId, importe, motivo: 'sobra', proximaEn: ahora + 9, ...cuando })
