import { plegar } from '@encargo/service-kit/values/search-words'

// Ways to get an order to its customer, as the shop offers them.

export const tiposMetodo = ['domicilio', 'retiro'] as const
export type TipoMetodo = (typeof tiposMetodo)[number]

/** A country (ISO 3166-1 alpha-2), or only these of its provinces. */
export interface Zona {
  readonly pais: string
  readonly provincias?: readonly string[]
}

/** From `desde` on (minor units, or grams) it costs `precio`. */
export interface Tramo {
  readonly desde: number
  readonly precio: number
}

/** What it costs, in minor units. */
export type Tarifa =
  | { readonly tipo: 'fija'; readonly precio: number }
  | { readonly tipo: 'por-importe' | 'por-peso'; readonly tramos: readonly Tramo[] }

export interface MetodoEnvio {
  readonly codigo: string
  readonly nombre: string
  readonly tipo: TipoMetodo
  /** Where it goes; none: everywhere. */
  readonly zonas: readonly Zona[]
  readonly tarifa: Tarifa
  /** Free for orders whose lines come to this or more after the coupon. */
  readonly gratisDesde: number | null
  readonly claseImpuesto: string
  readonly plazoDias: number | null
  readonly instrucciones: string | null
  readonly activo: boolean
  readonly posicion: number
  readonly version: number
}

/** Where something is to go, as much of it as decides about methods. */
export interface Lugar {
  readonly pais: string
  readonly provincia?: string
}

/** What is to be shipped: its lines after the coupon in minor units, and its weight in grams. */
export interface Bulto {
  readonly importe: number
  readonly gramos: number
}

const llegaA = ({ pais, provincias }: Zona, lugar: Lugar) =>
  pais === lugar.pais &&
  (provincias === undefined ||
    provincias.some((una) => plegar(una) === plegar(lugar.provincia ?? '')))

/** Whether a method gets an order there; as long as nobody says where, it may. */
export const alcanza = ({ tipo, zonas }: MetodoEnvio, lugar: Lugar | undefined): boolean =>
  tipo === 'retiro' ||
  zonas.length === 0 ||
  lugar === undefined ||
  zonas.some((zona) => llegaA(zona, lugar))

function tarifaDe(tarifa: Tarifa, { importe, gramos }: Bulto): number | undefined {
  if (tarifa.tipo === 'fija') return tarifa.precio
  const medida = tarifa.tipo === 'por-importe' ? importe : gramos
  return tarifa.tramos.findLast(({ desde }) => desde <= medida)?.precio
}

/** What a method takes for an order; undefined where its tariff begins beyond it. */
export function precioDe({ tarifa, gratisDesde }: MetodoEnvio, bulto: Bulto): number | undefined {
  const precio = tarifaDe(tarifa, bulto)
  const gratis = gratisDesde !== null && bulto.importe >= gratisDesde
  return precio !== undefined && gratis ? 0 : precio
}
