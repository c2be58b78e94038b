/** A shipping address, as `POST /pedidos` takes it. */
export interface DireccionDemo {
  readonly nombre: string
  readonly calle: string
  readonly ciudad: string
  readonly provincia?: string
  readonly codigoPostal?: string
  /** ISO 3166-1 alpha-2. */
  readonly pais: string
  /** E.164. */
  readonly telefono?: string
}

/** Where an order stands when the demo data is ready. */
export type FinDemo =
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
  readonly direccionEnvio?: DireccionDemo
  readonly fin: FinDemo
}

const casaDeLucia: DireccionDemo = {
  nombre: 'Lucía Andrade',
  calle: 'Calle Larga 7-42 y Hermano Miguel, piso 2',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010101',
  pais: 'EC',
  telefono: '+593990000101',
}

const oficina: DireccionDemo = {
  nombre: 'Lucía Andrade (Estudio Tomebamba)',
  calle: 'Avenida Solano 4-120 y Aurelio Aguilar',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010107',
  pais: 'EC',
  telefono: '+593990000101',
}

const tiaEnQuito: DireccionDemo = {
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
    lineas: [
      { sku: 'CAF-LOJA-250', cantidad: 2 },
      { sku: 'CAF-CHUSPA', cantidad: 1 },
      { sku: 'DES-PANELA-GRANULADA', cantidad: 1 },
    ],
    notas: 'Primer pedido. Timbre del segundo piso, por favor.',
    direccionEnvio: casaDeLucia,
    fin: { estado: 'Completado' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'PAP-CUADERNO-A5', cantidad: 4 },
      { sku: 'PAP-LAPIZ-GRAFITO', cantidad: 2 },
      { sku: 'PAP-AGENDA-PERPETUA', cantidad: 1 },
    ],
    notas: 'Material para la oficina: factura a nombre del estudio.',
    direccionEnvio: oficina,
    fin: { estado: 'Completado' },
  },
  {
    cliente: 'cliente',
    lineas: [{ sku: 'TEX-MANTA-ALPACA', cantidad: 1 }],
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
    lineas: [
      { sku: 'INF-CAJA-REGALO', cantidad: 1 },
      { sku: 'CHO-MANABI-70', cantidad: 3 },
    ],
    notas: 'El otro regalo para mi tía. Tarjeta: «Con cariño, Lucía».',
    direccionEnvio: tiaEnQuito,
    fin: { estado: 'Completado' },
  },
  {
    cliente: 'operador',
    lineas: [
      { sku: 'CAF-ZARUMA-500', cantidad: 2 },
      { sku: 'CHO-MELCOCHA', cantidad: 3 },
    ],
    notas: 'Café y dulces para la degustación del sábado en la tienda.',
    fin: { estado: 'Completado' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'COC-MORTERO-PIEDRA', cantidad: 1 },
      { sku: 'DES-AJI-TOMATE-ARBOL', cantidad: 2 },
    ],
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
    lineas: [
      { sku: 'CHO-TAZA-AMARGO', cantidad: 2 },
      { sku: 'COC-TAZA-CHORDELEG', cantidad: 4 },
      { sku: 'DES-MIEL-PARAMO', cantidad: 1 },
    ],
    notas: 'Para la reunión del domingo. Dejar con el vecino si no estoy.',
    direccionEnvio: casaDeLucia,
    fin: { estado: 'Completado' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'PAP-PLUMA-FUENTE', cantidad: 1 },
      { sku: 'PAP-TINTA-JACARANDA', cantidad: 1 },
    ],
    notas: 'Paso a recogerlo el viernes por la tarde.',
    fin: { estado: 'Pendiente' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'CAF-LOJA-MOLIDO', cantidad: 6 },
      { sku: 'INF-CEDRON-MENTA', cantidad: 3 },
      { sku: 'DES-PANELA-GRANULADA', cantidad: 4 },
      { sku: 'DES-CHIFLES-LIMON', cantidad: 12 },
    ],
    notas: 'Reposición mensual de la cocina del estudio. Entregar antes de las 10.',
    direccionEnvio: oficina,
    fin: { estado: 'Pendiente' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'HOG-VELA-PALO-SANTO', cantidad: 2 },
      { sku: 'HOG-JABON-AVENA', cantidad: 5 },
      { sku: 'TEX-LIMPION-LINO', cantidad: 1 },
    ],
    notas: 'Si falta algo, envíen el resto cuando llegue.',
    direccionEnvio: casaDeLucia,
    fin: { estado: 'Pendiente' },
  },
  {
    cliente: 'operador',
    lineas: [
      { sku: 'HOG-FAROL-HOJALATA', cantidad: 1 },
      { sku: 'TEX-DELANTAL-LONA', cantidad: 2 },
    ],
    notas: 'Farol para la vitrina y delantales nuevos para el mostrador.',
    fin: { estado: 'Pendiente' },
  },
  {
    cliente: 'cliente',
    lineas: [
      { sku: 'COC-PRENSA-600', cantidad: 1 },
      { sku: 'CAF-INTAG-340', cantidad: 2 },
      { sku: 'CHO-GRAGEAS-UVILLA', cantidad: 2 },
    ],
    notas: 'Envío a Quito; llamar a Carmen al llegar a la portería.',
    direccionEnvio: tiaEnQuito,
    fin: { estado: 'Pendiente' },
  },
]
