import type { CobroDicho } from '../src/ports/cobranza.ts'
import { cobroNuevo } from './fake-pagos.ts'
import { pedir, preparar, usuario } from './fixture.ts'

export const minuto = 60_000
export const hora = 60 * minuto

/** How far an order and its payment have come. */
export const de = (body: Record<string, unknown>) => {
  const { estado, apartado, pago } = body
  return { estado, apartado, pago: pago instanceof Object && 'estado' in pago && pago.estado }
}

/** The body that tells a charge. */
export function cuerpoDe(cobro: CobroDicho, apartarHasta: number | undefined) {
  const { id: _, causa, disputa, expiraEn, movimientos, reembolsos, ...igual } = cobro
  return {
    ...igual,
    ...(causa === null ? {} : { causa }),
    ...(disputa === null ? {} : { disputa }),
    ...(expiraEn === null ? {} : { expiraEn: new Date(expiraEn).toISOString() }),
    ...(apartarHasta === undefined ? {} : { apartarHasta: new Date(apartarHasta).toISOString() }),
    movimientos: movimientos.map((uno) => ({ ...uno, en: new Date(uno.en).toISOString() })),
    reembolsos: reembolsos.map((uno) => ({ importe: 1, ...uno })),
  }
}

/** A shop with an order of 1000 that is to be paid by card, of the last unit, and whoever pays it. */
export async function porPagar(momento: 'antes' | 'contra-entrega' = 'antes', fisico = 1) {
  const todo = await preparar()
  const { app, pagos, inventario, clock, casos } = todo
  pagos.lista = [{ codigo: 'tarjeta', momento, minimo: null, maximo: null, instrucciones: null }]
  const shopper = await usuario()
  const staff = await usuario({ rol: 'operador' })
  const admin = await usuario({ rol: 'admin' })
  const caja = await usuario({ scopes: ['pedidos:cobrar'] })
  const productoId = todo.producto(1000, fisico)
  const comprar = async (pago: object = { pago: { metodo: 'tarjeta' } }) =>
    await pedir(app, 'POST', '/pedidos', {
      headers: shopper.headers,
      body: { lineas: [{ productoId, cantidad: 1 }], ...pago },
    })
  const { body } = await comprar()
  const id = String(body['id'])
  const contar = async (cobro: CobroDicho, apartarHasta?: number, pedido = id) => {
    pagos.poner(cobro)
    const path = `/pedidos/${pedido}/cobros/${cobro.id}`
    return await pedir(app, 'PUT', path, {
      headers: caja.headers,
      body: cuerpoDe(cobro, apartarHasta),
    })
  }
  return {
    ...todo,
    shopper,
    staff,
    admin,
    caja,
    productoId,
    comprar,
    id,
    contar,
    /** Announces a charge. */
    async abrir(importe = 1000, cambios: Partial<CobroDicho> = {}) {
      const cobro = { ...cobroNuevo(Bun.randomUUIDv7(), importe), ...cambios }
      return { cobro, answer: await contar(cobro) }
    },
    async leer(pedido = id) {
      return (await pedir(app, 'GET', `/pedidos/${pedido}`, staff)).body
    },
    async pasar(ms: number) {
      clock.advance(ms)
      inventario.expirar()
      await casos.driver.tick()
    },
  }
}
