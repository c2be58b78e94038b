import type { AnyProblem, Cotizacion, Invitado, NuevoPedido, Pedido } from '@encargo/client'
import { cliente, FalloApi, pedir } from '../../api.ts'
import type { Cesta } from '../../cesta/cesta.ts'

export interface Falta {
  readonly productoId: string
  readonly solicitado: number
  readonly disponible: number
}
interface CambioPrecio {
  readonly productoId: string
  readonly precioEsperado: number
  readonly precioActual: number
}

export type SinCupon = Extract<AnyProblem, { codigo: 'cupon-agotado' | 'cupon-invalido' }>

/** How an attempt to buy ended. In all but the first, nothing was ordered; `incierto`: perhaps. */
export type Resultado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'precio'; readonly cambios: readonly CambioPrecio[] }
  | { readonly tipo: 'stock'; readonly faltantes: readonly Falta[] }
  | { readonly tipo: 'retirado'; readonly ids: ReadonlySet<string> }
  /** It comes to something else than what was shown. */
  | { readonly tipo: 'total'; readonly cotizacion: Cotizacion; readonly antes: number }
  /** The coupon is good for nothing any more, and why. */
  | { readonly tipo: 'cupon'; readonly problema: SinCupon }
  | { readonly tipo: 'incierto'; readonly problema: AnyProblem }

export const lineasDe = (cesta: Cesta): NuevoPedido['lineas'] =>
  cesta.map(({ productoId, cantidad, precioVisto }) => ({
    productoId,
    cantidad,
    precioEsperado: precioVisto,
  }))

/** Which of the basket is no longer sold: the refusal itself names them only in words. */
async function retirados(cesta: Cesta): Promise<ReadonlySet<string>> {
  const ids = cesta.map(({ productoId }) => productoId)
  const query = { ids: ids.join(','), limite: Math.max(1, ids.length) }
  const { datos } = await pedir(cliente().productos.productos.get({ query }))
  const vivos = new Set(datos.filter(({ activo }) => activo).map(({ id }) => id))
  return new Set(ids.filter((id) => !vivos.has(id)))
}

/** After these the order may have been written all the same. */
const inciertos = new Set<AnyProblem['codigo']>([
  'sin-conexion',
  'servicio-no-disponible',
  'almacenamiento-no-disponible',
  'idempotencia-en-curso',
  'error-interno',
  'desconocido',
])

/**
 * Orders what `pedido` says of `cesta`. `nombre`: which attempt it is, among those of this tab. Repeated
 * with the same contents, it continues the same attempt: it never buys twice.
 * @param invitado who buys, if without an account
 * @throws FalloApi for a refusal that neither waiting nor the basket can mend
 */
export async function pedirCompra(
  cesta: Cesta,
  pedido: NuevoPedido,
  nombre: string,
  invitado?: Invitado,
): Promise<Resultado> {
  const opciones = { nombre, ...(invitado ? { invitado } : {}) }
  const respuesta = await cliente().compra(pedido, opciones).enviar()
  if (respuesta.ok) return { tipo: 'hecho', pedido: respuesta.data }
  const { problem: problema } = respuesta
  switch (problema.codigo) {
    case 'precio-cambiado':
      return { tipo: 'precio', cambios: problema.cambios }
    case 'stock-insuficiente':
      return { tipo: 'stock', faltantes: problema.faltantes }
    case 'producto-inexistente':
      return { tipo: 'retirado', ids: await retirados(cesta) }
    case 'total-cambiado':
      return {
        tipo: 'total',
        cotizacion: problema.cotizacion,
        antes: pedido.totalEsperado ?? totalVisto(cesta),
      }
    case 'cupon-agotado':
    case 'cupon-invalido':
      return { tipo: 'cupon', problema }
    default:
      if (inciertos.has(problema.codigo)) return { tipo: 'incierto', problema }
      throw new FalloApi(respuesta)
  }
}

/** The basket that the shop can serve, after what it answered. */
export function cestaPosible(cesta: Cesta, resultado: Resultado): Cesta {
  switch (resultado.tipo) {
    case 'precio': {
      const precios = new Map(resultado.cambios.map((uno) => [uno.productoId, uno.precioActual]))
      return cesta.map((linea) => {
        const precioVisto = precios.get(linea.productoId) ?? linea.precioVisto
        return { ...linea, precioVisto }
      })
    }
    case 'stock': {
      const quedan = new Map(resultado.faltantes.map((uno) => [uno.productoId, uno.disponible]))
      return cesta
        .map((linea) => ({ ...linea, cantidad: quedan.get(linea.productoId) ?? linea.cantidad }))
        .filter(({ cantidad }) => cantidad > 0)
    }
    case 'retirado':
      return cesta.filter(({ productoId }) => !resultado.ids.has(productoId))
    case 'hecho':
    case 'total':
    case 'cupon':
    case 'incierto':
      return cesta
  }
}

export const totalVisto = (cesta: Cesta) =>
  cesta.reduce((suma, { cantidad, precioVisto }) => suma + cantidad * precioVisto, 0)
