import type { NuevoPedido, Pedido, AnyProblem } from '@encargo/client'
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

/** How an attempt to buy ended. In all but the first, nothing was ordered; `incierto`: perhaps. */
export type Resultado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido }
  | { readonly tipo: 'precio'; readonly cambios: readonly CambioPrecio[] }
  | { readonly tipo: 'stock'; readonly faltantes: readonly Falta[] }
  | { readonly tipo: 'retirado'; readonly ids: ReadonlySet<string> }
  | { readonly tipo: 'incierto'; readonly problema: AnyProblem }

export type Direccion = NonNullable<NuevoPedido['direccionEnvio']>

export interface Envio {
  readonly direccion: Direccion
  readonly notas: string
}

export const lineasDe = (cesta: Cesta): NuevoPedido['lineas'] =>
  cesta.map(({ productoId, cantidad, precioVisto }) => ({
    productoId,
    cantidad,
    precioEsperado: precioVisto,
  }))

const aPedido = (cesta: Cesta, { direccion, notas }: Envio): NuevoPedido => ({
  lineas: lineasDe(cesta),
  direccionEnvio: direccion,
  ...(notas === '' ? {} : { notas }),
})

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
 * Orders the basket at the prices that the shopper saw. Repeated with the same basket and the same
 * address, it continues the same attempt: it never buys twice.
 * @throws FalloApi for a refusal that neither waiting nor the basket can mend
 */
export async function comprar(cesta: Cesta, envio: Envio): Promise<Resultado> {
  return await pedirCompra(cesta, aPedido(cesta, envio), 'cesta')
}

/**
 * Orders what `pedido` says of `cesta`. `nombre`: which attempt it is, among those of this tab.
 * @throws FalloApi for a refusal that neither waiting nor the basket can mend
 */
export async function pedirCompra(
  cesta: Cesta,
  pedido: NuevoPedido,
  nombre: string,
): Promise<Resultado> {
  const respuesta = await cliente().compra(pedido, { nombre }).enviar()
  if (respuesta.ok) return { tipo: 'hecho', pedido: respuesta.data }
  const { problem: problema } = respuesta
  switch (problema.codigo) {
    case 'precio-cambiado':
      return { tipo: 'precio', cambios: problema.cambios }
    case 'stock-insuficiente':
      return { tipo: 'stock', faltantes: problema.faltantes }
    case 'producto-inexistente':
      return { tipo: 'retirado', ids: await retirados(cesta) }
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
    case 'incierto':
      return cesta
  }
}

export const totalVisto = (cesta: Cesta) =>
  cesta.reduce((suma, { cantidad, precioVisto }) => suma + cantidad * precioVisto, 0)
