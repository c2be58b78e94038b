import { enDosLenguas } from './lenguas.ts'

/** A sale at the counter. */
export const textosVenta = enDosLenguas(
  {
    titulo: 'Venta en el mostrador',
    explica: 'Lo que se vende aquí sale del almacén en el acto.',
    producto: 'Añadir producto',
    productoEjemplo: 'Nombre o SKU; vale un lector de códigos',
    sinProductos: 'No hay ningún producto así a la venta.',
    quitarProducto: 'Quitar',
    nota: (sku: string, precio: string) => `${sku} · ${precio}`,
    lineas: 'Lo que se lleva',
    vacia: 'Todavía nada',
    vaciaTexto: 'Busca un producto, o pasa su código por el lector.',
    cobro: 'Cobro',
    sinCliente: 'Sin cliente, la venta queda a tu nombre.',
    notas: 'Notas',
    vender: (total: string) => `Vender por ${total}`,
    vaciar: 'Empezar de nuevo',
    vendido: (numero: number, total: string) => `Venta ${numero} hecha: ${total}.`,
    pendiente: (numero: number) =>
      `El pedido ${numero} está hecho, pero inventario no responde: se completará solo.`,
    ver: 'Ver el pedido',
    demasiadas: 'Un pedido admite hasta 100 productos distintos.',
  },
  {
    titulo: 'Sale at the counter',
    explica: 'What is sold here leaves the warehouse at once.',
    producto: 'Add a product',
    productoEjemplo: 'Name or SKU; a code reader works',
    sinProductos: 'No product like that is for sale.',
    quitarProducto: 'Remove',
    nota: (sku, precio) => `${sku} · ${precio}`,
    lineas: 'What they take',
    vacia: 'Nothing yet',
    vaciaTexto: 'Search for a product, or read its code.',
    cobro: 'Payment',
    sinCliente: 'Without a customer, the sale is in your name.',
    notas: 'Notes',
    vender: (total) => `Sell for ${total}`,
    vaciar: 'Begin again',
    vendido: (numero, total) => `Sale ${numero} done: ${total}.`,
    pendiente: (numero) =>
      `Order ${numero} is placed, but inventario does not answer: it will be completed by itself.`,
    ver: 'View the order',
    demasiadas: 'An order takes up to 100 different products.',
  },
)
