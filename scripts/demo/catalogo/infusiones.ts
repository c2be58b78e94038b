import type { ProductoDemo } from '../producto.ts'

const categoria = 'Té e infusiones'

export const infusiones: readonly ProductoDemo[] = [
  {
    sku: 'INF-HORCHATA-LOJANA',
    nombre: 'Horchata lojana de 18 hierbas, 60 g',
    descripcion:
      'Mezcla de hierbas y flores secas que da una infusión rosada y fragante. Se sirve caliente o fría, con limón y un poco de panela.',
    precio: 380,
    categoria,
    atributos: { origen: 'Loja', peso: '60 g', cafeína: 'sin' },
    existencia: 50,
    umbralMinimo: 12,
  },
  {
    sku: 'INF-GUAYUSA',
    nombre: 'Guayusa amazónica en hojas, 80 g',
    descripcion:
      'Hoja entera de chakras kichwas del Napo, con tanta cafeína como el café y sin amargor. Rinde unas cuarenta tazas.',
    precio: 490,
    categoria,
    atributos: { origen: 'Archidona, Napo', peso: '80 g', cafeína: 'con' },
    existencia: 42,
    umbralMinimo: 10,
  },
  {
    sku: 'INF-TE-NEGRO-SANGAY',
    nombre: 'Té negro de las faldas del Sangay, 75 g',
    descripcion:
      'Té de hoja cultivado en Palora, la capital ecuatoriana del té. Color cobrizo y cuerpo suficiente para tomarlo con leche.',
    precio: 540,
    categoria,
    atributos: { origen: 'Palora, Morona Santiago', peso: '75 g', cafeína: 'con' },
    existencia: 28,
    umbralMinimo: 8,
  },
  {
    sku: 'INF-CEDRON-MENTA',
    nombre: 'Infusión de cedrón y menta, 20 sobres',
    descripcion:
      'La sobremesa de siempre: cedrón limpio y fresco con un toque de menta. Sobres sin grapa y compostables.',
    precio: 320,
    categoria,
    atributos: { contenido: '20 sobres', cafeína: 'sin' },
    existencia: 65,
    umbralMinimo: 15,
  },
  {
    sku: 'INF-JAMAICA-CANELA',
    nombre: 'Flor de Jamaica con canela, 100 g',
    descripcion:
      'Flor entera con astillas de canela e ishpingo. Deja un refresco rojo, ácido y muy agradecido en las tardes de sol.',
    precio: 430,
    categoria,
    atributos: { peso: '100 g', cafeína: 'sin' },
    existencia: 33,
    umbralMinimo: 10,
  },
  {
    sku: 'INF-INFUSOR-ACERO',
    nombre: 'Infusor de acero con tapa',
    descripcion:
      'Cestillo de malla fina que cabe en cualquier taza; la tapa sirve luego de plato para escurrirlo. Apto para lavavajillas.',
    precio: 780,
    categoria,
    atributos: { material: 'acero inoxidable', alto: '7 cm' },
    existencia: 19,
    umbralMinimo: 6,
  },
  {
    sku: 'INF-CAJA-REGALO',
    nombre: 'Caja de regalo con seis infusiones',
    descripcion:
      'Seis tubos de ensayo con nuestras infusiones favoritas y una tarjeta que cuenta de dónde viene cada una. Lista para regalar.',
    precio: 1850,
    categoria,
    atributos: { contenido: '6 tubos de 15 g', empaque: 'cartón reciclado' },
    existencia: 4,
    umbralMinimo: 5,
  },
]
