import type { ProductoDemo } from '../producto.ts'

const categoria = 'Papelería'

export const papeleria: readonly ProductoDemo[] = [
  {
    sku: 'PAP-CUADERNO-A5',
    nombre: 'Cuaderno cosido A5, hojas punteadas',
    descripcion:
      'Ciento veinte páginas de papel ahuesado de 90 g que no traspasa la tinta. Cosido a hilo: se abre plano sobre la mesa.',
    precio: 750,
    categoria,
    atributos: { formato: 'A5', papel: '90 g', color: 'verde eucalipto' },
    existencia: 64,
    umbralMinimo: 15,
  },
  {
    sku: 'PAP-LIBRETA-BOLSILLO',
    nombre: 'Libretas de bolsillo, juego de tres',
    descripcion:
      'Tres libretas engrapadas de 48 páginas: lisa, rayada y cuadriculada. Caben en cualquier chaqueta.',
    precio: 590,
    categoria,
    atributos: { formato: '9 × 14 cm', contenido: '3 libretas', papel: 'reciclado' },
    existencia: 47,
    umbralMinimo: 12,
  },
  {
    sku: 'PAP-LAPIZ-GRAFITO',
    nombre: 'Lápices de grafito HB, caja de doce',
    descripcion:
      'Madera de cedro sin pintar y mina centrada que no se parte al sacar punta. Trazo suave y parejo.',
    precio: 480,
    categoria,
    atributos: { contenido: '12 unidades', dureza: 'HB' },
    existencia: 72,
    umbralMinimo: 15,
  },
  {
    sku: 'PAP-PLUMA-FUENTE',
    nombre: 'Pluma fuente de trazo fino',
    descripcion:
      'Ligera, con plumín de acero y convertidor incluido. Una buena primera pluma para dejar el bolígrafo.',
    precio: 1890,
    categoria,
    atributos: { trazo: 'F', color: 'vino tinto', carga: 'cartucho o convertidor' },
    existencia: 15,
    umbralMinimo: 5,
  },
  {
    sku: 'PAP-TINTA-JACARANDA',
    nombre: 'Tinta para pluma color jacarandá, 30 ml',
    descripcion:
      'Violeta con un leve matiz azul, como las veredas en octubre. Secado rápido y lavable en la ropa.',
    precio: 990,
    categoria,
    atributos: { contenido: '30 ml', color: 'jacarandá' },
    existencia: 4,
    umbralMinimo: 6,
  },
  {
    sku: 'PAP-POSTALES-CUENCA',
    nombre: 'Postales de Cuenca ilustradas, juego de ocho',
    descripcion:
      'Ocho acuarelas de barrancos, cúpulas y portales, impresas en cartulina de algodón. Con espacio de sobra para escribir.',
    precio: 640,
    categoria,
    atributos: { formato: '10 × 15 cm', contenido: '8 postales' },
    existencia: 39,
    umbralMinimo: 10,
  },
  {
    sku: 'PAP-AGENDA-PERPETUA',
    nombre: 'Agenda perpetua de tapa dura',
    descripcion:
      'Semana a la vista y sin fechas impresas, para empezar cualquier lunes. Lleva cinta marcadora y bolsillo interior.',
    precio: 1450,
    categoria,
    atributos: { formato: '14 × 21 cm', páginas: '144', color: 'mostaza' },
    existencia: 21,
    umbralMinimo: 6,
  },
]
