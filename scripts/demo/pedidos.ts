import type { NuevoPedido } from '@encargo/client'

type Direccion = NonNullable<NuevoPedido['direccionEnvio']>

/** Where an order stands when the demo data is ready. */
type FinDemo =
  | { readonly estado: 'Pendiente' }
  | { readonly estado: 'Completado' }
  | { readonly estado: 'Cancelado'; readonly motivo: string; readonly por: 'cliente' | 'operador' }

export interface PedidoDemo {
  /** Whose order it is: a key of `cuentas`. Staff buys too. */
  readonly cliente: 'cliente' | 'operador'
  readonly lineas: readonly { readonly sku: string; readonly cantidad: number }[]
  /** Unlike any other order's, as a second run of the seed knows the order by it. */
  readonly notas: string
  /** Missing when it is picked up in the shop. */
  readonly direccionEnvio?: Direccion
  readonly fin: FinDemo
}

const lineas = (unidades: Readonly<Record<string, number>>) =>
  Object.entries(unidades).map(([sku, cantidad]) => ({ sku, cantidad }))

const pendiente = { estado: 'Pendiente' } as const
const completado = { estado: 'Completado' } as const

const casaDeLucia: Direccion = {
  nombre: 'Lucía Andrade',
  calle: 'Calle Larga 7-42 y Hermano Miguel, piso 2',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010101',
  pais: 'EC',
  telefono: '+593990000101',
}

const oficina: Direccion = {
  nombre: 'Lucía Andrade (Estudio Tomebamba)',
  calle: 'Avenida Solano 4-120 y Aurelio Aguilar',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010107',
  pais: 'EC',
  telefono: '+593990000101',
}

const tiaEnQuito: Direccion = {
  nombre: 'Carmen Andrade',
  calle: 'Isla Floreana N42-18 y Tomás de Berlanga',
  ciudad: 'Quito',
  provincia: 'Pichincha',
  codigoPostal: '170513',
  pais: 'EC',
  telefono: '+593990000103',
}

/** The sample orders, oldest first. The position of each gives its idempotency key: append only. */
export const pedidos: readonly PedidoDemo[] = [
  {
    cliente: 'cliente',
    lineas: lineas({ 'CAF-LOJA-250': 2, 'CAF-CHUSPA': 1, 'DES-PANELA-GRANULADA': 1 }),
    notas: 'Primer pedido. Timbre del segundo piso, por favor.',
    direccionEnvio: casaDeLucia,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'PAP-CUADERNO-A5': 4, 'PAP-LAPIZ-GRAFITO': 2, 'PAP-AGENDA-PERPETUA': 1 }),
    notas: 'Material para la oficina: factura a nombre del estudio.',
    direccionEnvio: oficina,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'TEX-MANTA-ALPACA': 1 }),
    notas: 'Es un regalo de cumpleaños, sin precio en la caja.',
    direccionEnvio: tiaEnQuito,
    fin: {
      estado: 'Cancelado',
      motivo: 'Mi tía ya tiene una igual; elegiré otro regalo.',
      por: 'cliente',
    },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'INF-CAJA-REGALO': 1, 'CHO-MANABI-70': 3 }),
    notas: 'El otro regalo para mi tía. Tarjeta: «Con cariño, Lucía».',
    direccionEnvio: tiaEnQuito,
    fin: completado,
  },
  {
    cliente: 'operador',
    lineas: lineas({ 'CAF-ZARUMA-500': 2, 'CHO-MELCOCHA': 3 }),
    notas: 'Café y dulces para la degustación del sábado en la tienda.',
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'COC-MORTERO-PIEDRA': 1, 'DES-AJI-TOMATE-ARBOL': 2 }),
    notas: 'Que el mortero venga bien protegido.',
    direccionEnvio: casaDeLucia,
    fin: {
      estado: 'Cancelado',
      motivo: 'El mortero reservado llegó con una grieta; avisamos a la clienta.',
      por: 'operador',
    },
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'CHO-TAZA-AMARGO': 2, 'COC-TAZA-CHORDELEG': 4, 'DES-MIEL-PARAMO': 1 }),
    notas: 'Para la reunión del domingo. Dejar con el vecino si no estoy.',
    direccionEnvio: casaDeLucia,
    fin: completado,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'PAP-PLUMA-FUENTE': 1, 'PAP-TINTA-JACARANDA': 1 }),
    notas: 'Paso a recogerlo el viernes por la tarde.',
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({
      'CAF-LOJA-MOLIDO': 6,
      'INF-CEDRON-MENTA': 3,
      'DES-PANELA-GRANULADA': 4,
      'DES-CHIFLES-LIMON': 12,
    }),
    notas: 'Reposición mensual de la cocina del estudio. Entregar antes de las 10.',
    direccionEnvio: oficina,
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'HOG-VELA-PALO-SANTO': 2, 'HOG-JABON-AVENA': 5, 'TEX-LIMPION-LINO': 1 }),
    notas: 'Si falta algo, envíen el resto cuando llegue.',
    direccionEnvio: casaDeLucia,
    fin: pendiente,
  },
  {
    cliente: 'operador',
    lineas: lineas({ 'HOG-FAROL-HOJALATA': 1, 'TEX-DELANTAL-LONA': 2 }),
    notas: 'Farol para la vitrina y delantales nuevos para el mostrador.',
    fin: pendiente,
  },
  {
    cliente: 'cliente',
    lineas: lineas({ 'COC-PRENSA-600': 1, 'CAF-INTAG-340': 2, 'CHO-GRAGEAS-UVILLA': 2 }),
    notas: 'Envío a Quito; llamar a Carmen al llegar a la portería.',
    direccionEnvio: tiaEnQuito,
    fin: pendiente,
  },
]
