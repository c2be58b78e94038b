import { impuestoEn, repartir } from './aritmetica.ts'
import { type Articulo, type Cambio, type Pedida, totalMaximo, type Trato } from './compra.ts'
import type { Condiciones, EnvioElegido, Gravamen } from './condiciones.ts'
import {
  type ClaseCliente,
  type Cupon,
  descuentoDe,
  esPara,
  juzgarCupon,
  type RechazoCupon,
} from './cupon.ts'
import { alcanza, type Bulto, type Lugar, type MetodoEnvio, precioDe } from './metodo-envio.ts'
import { type Linea, subtotal } from './pedido.ts'
import { type EnvioContado, sinGravamen, type Totales, totalesDe } from './totales.ts'

/** What of an order decides what it comes to. */
export interface Encargado {
  readonly pedidas: readonly Pedida[]
  readonly metodoEnvio?: string | undefined
  readonly lugar?: Lugar | undefined
  readonly cupon?: string | undefined
  readonly cliente: ClaseCliente
}

/** What the shop offers at a moment. */
export interface Oferta {
  readonly metodos: readonly MetodoEnvio[]
  /** By their codes; of what has none, nothing is tax. */
  readonly gravamenes: ReadonlyMap<string, Gravamen>
  /** The one that was asked for, if there is such a one. */
  readonly cupon: Cupon | undefined
  readonly usosDelCliente: number
  readonly ahora: number
}

export const sinOferta: Oferta = {
  metodos: [],
  gravamenes: new Map(),
  cupon: undefined,
  usosDelCliente: 0,
  ahora: 0,
}

export interface MetodoCotizado extends EnvioElegido {
  /** Tax included, after what the coupon takes off it. */
  readonly precio: number
}

/** How an order is shipped, and what of that is tax. */
export interface Envio extends EnvioContado {
  readonly metodoEnvio: EnvioElegido
}

/** All that an order would say of money. */
export interface Cotizacion extends Totales {
  readonly lineas: readonly Linea[]
  readonly envio: Envio | null
  /** The coupon that counts. */
  readonly cupon: string | null
  /** Its coupon is for shipping, and there is none. */
  readonly enBalde: boolean
  /** The shop has ways to ship it, and none of them takes it there. */
  readonly nadieLlega: boolean
  /** Those that it can be shipped by, in the shop's order. */
  readonly metodos: readonly MetodoCotizado[]
  /** Why it is not the order that was asked for: an order can't be made so. */
  readonly reparos: readonly Reparo[]
}

export type Reparo = RechazoCupon | { readonly codigo: 'envio-no-disponible' }

export type NegativaDeCotizacion =
  | { readonly codigo: 'producto-inexistente'; readonly productoIds: readonly string[] }
  | { readonly codigo: 'precio-cambiado'; readonly cambios: readonly Cambio[] }
  | { readonly codigo: 'total-excesivo' }
  | Reparo

/** Why nothing can be reckoned. */
export type Incalculable = Exclude<NegativaDeCotizacion, Reparo>

/** A line at the price of the moment, and what it is of. */
interface Puesta {
  readonly linea: Linea
  readonly articulo: Articulo
}

/** Fixes today's price of each line, or says why it can't be sold. */
function poner(
  pedidas: readonly Pedida[],
  articulos: ReadonlyMap<string, Articulo>,
): readonly Puesta[] | Incalculable {
  const puestas: Puesta[] = []
  const desconocidos: string[] = []
  const cambios: Cambio[] = []
  for (const { productoId, cantidad, esperados } of pedidas) {
    const articulo = articulos.get(productoId)
    if (!articulo?.activo) {
      desconocidos.push(productoId)
      continue
    }
    const { sku, nombre, precio } = articulo
    for (const precioEsperado of esperados.filter((uno) => uno !== precio)) {
      cambios.push({ productoId, precioEsperado, precioActual: precio })
    }
    const linea = { productoId, sku, nombre, cantidad, precioUnitario: precio }
    puestas.push({ linea, articulo })
  }
  if (desconocidos.length > 0) return { codigo: 'producto-inexistente', productoIds: desconocidos }
  return cambios.length > 0 ? { codigo: 'precio-cambiado', cambios } : puestas
}

const sumar = (importes: readonly number[]) => importes.reduce((suma, uno) => suma + uno, 0)

interface Descontado {
  /** What is taken off each line; of those beyond its end nothing. */
  readonly descuentos: readonly number[]
  readonly envioGratis: boolean
  readonly cupon: string | null
  readonly reparo?: RechazoCupon
}

const nada: Descontado = { descuentos: [], envioGratis: false, cupon: null }

function descontar(puestas: readonly Puesta[], encargado: Encargado, oferta: Oferta): Descontado {
  if (encargado.cupon === undefined) return nada
  const { cupon } = oferta
  const suyas = puestas.map(({ articulo, linea }) =>
    cupon && esPara(cupon, articulo.categoria) ? subtotal(linea) : undefined,
  )
  const importes = suyas.filter((importe) => importe !== undefined)
  const importe = importes.length === 0 ? undefined : sumar(importes)
  const { cliente } = encargado
  const { usosDelCliente, ahora } = oferta
  const reparo = juzgarCupon(cupon, { importe, cliente, usosDelCliente, ahora })
  if (!cupon || reparo) return reparo ? { ...nada, reparo } : nada
  const entre = suyas.map((suya) => suya ?? 0)
  return {
    descuentos: repartir(descuentoDe(cupon, importe ?? 0), entre),
    envioGratis: cupon.tipo === 'envio-gratis',
    cupon: cupon.codigo,
  }
}

/** A line with what is taken off it and its tax; as it is where neither is. */
function contar({ linea, articulo: { gravamen } }: Puesta, descuento: number): Linea {
  if (descuento === 0 && gravamen.tasa === 0 && gravamen.clase === sinGravamen.clase) return linea
  const impuesto = impuestoEn(subtotal(linea) - descuento, gravamen)
  return { ...linea, cuenta: { descuento, gravamen, impuesto } }
}

function aplicables(
  { metodos }: Oferta,
  lugar: Lugar | undefined,
  bulto: Bulto,
  gratis: boolean,
): MetodoCotizado[] {
  return metodos.flatMap((metodo) => {
    const precio = metodo.activo && alcanza(metodo, lugar) ? precioDe(metodo, bulto) : undefined
    if (precio === undefined) return []
    const { codigo, nombre, tipo, plazoDias } = metodo
    return { codigo, nombre, tipo, plazoDias, precio: gratis ? 0 : precio }
  })
}

function envioDe(elegido: MetodoCotizado, { metodos, gravamenes }: Oferta): Envio {
  const { precio: envioImporte, ...metodoEnvio } = elegido
  const { claseImpuesto: clase } = metodos.find(({ codigo }) => codigo === elegido.codigo) ?? {
    claseImpuesto: sinGravamen.clase,
  }
  const envioGravamen = gravamenes.get(clase) ?? { ...sinGravamen, clase }
  const envioImpuesto = impuestoEn(envioImporte, envioGravamen)
  return { metodoEnvio, envioImporte, envioGravamen, envioImpuesto }
}

function bultoDe(puestas: readonly Puesta[], lineas: readonly Linea[]): Bulto {
  return {
    importe: sumar(lineas.map((linea) => subtotal(linea) - (linea.cuenta?.descuento ?? 0))),
    gramos: sumar(
      puestas.map(({ linea, articulo }) => linea.cantidad * (articulo.pesoGramos ?? 0)),
    ),
  }
}

/**
 * What an order comes to: the only place where that is reckoned, for who asks and for who buys. What of it
 * can't be had, a method or a coupon, is left out and stands among the `reparos`.
 */
export function cotizar(
  encargado: Encargado,
  articulos: ReadonlyMap<string, Articulo>,
  oferta: Oferta,
): Cotizacion | Incalculable {
  const puestas = poner(encargado.pedidas, articulos)
  if ('codigo' in puestas) return puestas
  const { descuentos, envioGratis, cupon, reparo } = descontar(puestas, encargado, oferta)
  const lineas = puestas.map((puesta, lugar) => contar(puesta, descuentos[lugar] ?? 0))
  const metodos =
    oferta.metodos.length === 0
      ? []
      : aplicables(oferta, encargado.lugar, bultoDe(puestas, lineas), envioGratis)
  const elegido = metodos.find(({ codigo }) => codigo === encargado.metodoEnvio)
  const envio = elegido ? envioDe(elegido, oferta) : null
  const totales = totalesDe(lineas, envio ?? undefined)
  if (Math.max(totales.subtotal, totales.total) > totalMaximo) return { codigo: 'total-excesivo' }
  const conMetodos = encargado.lugar !== undefined && oferta.metodos.length > 0
  const nadieLlega = conMetodos && metodos.every(({ tipo }) => tipo === 'retiro')
  const inalcanzable = encargado.metodoEnvio !== undefined && !elegido
  const reparos = [
    ...(inalcanzable ? [{ codigo: 'envio-no-disponible' } as const] : []),
    ...(reparo ? [reparo] : []),
  ]
  const enBalde = envioGratis && !elegido
  return { ...totales, lineas, envio, cupon, enBalde, nadieLlega, metodos, reparos }
}

/** What is agreed of an order that is made so. */
export function condicionesDe(trato: Trato, { envio, cupon, descuento }: Cotizacion): Condiciones {
  const { contacto, facturacion, idioma, canal, invitado } = trato
  const deEnvio = envio ?? sinEnvio
  return { contacto, facturacion, ...deEnvio, cupon, descuento, idioma, canal, invitado }
}

const sinEnvio: EnvioContado = {
  metodoEnvio: null,
  envioImporte: 0,
  envioGravamen: sinGravamen,
  envioImpuesto: 0,
}
