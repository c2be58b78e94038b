import type { ProductoDemo } from '../producto.ts'

const categoria = 'Despensa'

export const despensa: readonly ProductoDemo[] = [
  {
    sku: 'DES-PANELA-GRANULADA',
    nombre: 'Panela granulada, 500 g',
    descripcion:
      'Jugo de caña evaporado y batido en el trapiche de Pacto, sin blanquear. Endulza el café con un fondo de caramelo.',
    precio: 265,
    categoria,
    atributos: { origen: 'Pacto, Pichincha', peso: '500 g' },
    existencia: 90,
    umbralMinimo: 20,
  },
  {
    sku: 'DES-MIEL-PARAMO',
    nombre: 'Miel de abeja del páramo, 300 g',
    descripcion:
      'Miel cruda, sin calentar ni filtrar fino, de colmenas cercanas al Cajas. Cristaliza con el frío: es su estado natural.',
    precio: 720,
    categoria,
    atributos: { origen: 'Sayausí, Azuay', peso: '300 g', cosecha: 'agosto' },
    existencia: 24,
    umbralMinimo: 8,
  },
  {
    sku: 'DES-AJI-TOMATE-ARBOL',
    nombre: 'Ají de tomate de árbol, 200 ml',
    descripcion:
      'Picante medio, con chocho y cebolla encurtida. Va con todo lo que salga de la olla.',
    precio: 345,
    categoria,
    atributos: { contenido: '200 ml', picante: 'medio' },
    existencia: 38,
    umbralMinimo: 10,
  },
  {
    sku: 'DES-MERMELADA-MORA',
    nombre: 'Mermelada de mora de Castilla, 240 g',
    descripcion:
      'Tres partes de fruta por una de azúcar, cocida en tandas pequeñas. Con semillas, como debe ser.',
    precio: 460,
    categoria,
    atributos: { origen: 'Gualaceo, Azuay', peso: '240 g' },
    existencia: 31,
    umbralMinimo: 10,
  },
  {
    sku: 'DES-QUINUA-BLANCA',
    nombre: 'Quinua blanca lavada, 500 g',
    descripcion:
      'Quinua de Chimborazo ya desaponificada: basta un enjuague y quince minutos de cocción. Grano suelto, para sopas y ensaladas.',
    precio: 395,
    categoria,
    atributos: { origen: 'Colta, Chimborazo', peso: '500 g', cultivo: 'orgánico' },
    existencia: 57,
    umbralMinimo: 15,
  },
  {
    sku: 'DES-SAL-PRIETA',
    nombre: 'Sal prieta manabita, 180 g',
    descripcion:
      'Maní y maíz tostados y molidos con culantro y achiote. Imprescindible sobre el plátano verde asado.',
    precio: 310,
    categoria,
    atributos: { origen: 'Portoviejo, Manabí', peso: '180 g', contiene: 'maní' },
    existencia: 3,
    umbralMinimo: 8,
  },
  {
    sku: 'DES-CHIFLES-LIMON',
    nombre: 'Chifles con limón y sal, 150 g',
    descripcion:
      'Plátano verde en láminas largas, frito en aceite de girasol alto oleico. Limón de verdad y la sal justa.',
    precio: 195,
    categoria,
    atributos: { peso: '150 g', contiene: 'puede contener maní' },
    existencia: 110,
    umbralMinimo: 25,
  },
]
