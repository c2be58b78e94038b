import type { ProductoDemo } from '../producto.ts'

const categoria = 'Textiles'

export const textiles: readonly ProductoDemo[] = [
  {
    sku: 'TEX-DELANTAL-LONA',
    nombre: 'Delantal de lona con bolsillos',
    descripcion:
      'Lona de algodón lavada, con tiras cruzadas que no cansan el cuello. Dos bolsillos delanteros y uno para el termómetro.',
    precio: 1990,
    categoria,
    atributos: { material: 'algodón', color: 'gris piedra', talla: 'única' },
    existencia: 20,
    umbralMinimo: 6,
  },
  {
    sku: 'TEX-CAMINO-IKAT',
    nombre: 'Camino de mesa en ikat de Gualaceo',
    descripcion:
      'Tejido en telar de cintura con la técnica de la macana: el hilo se amarra y se tiñe antes de tejer. Cada pieza toma unos tres días.',
    precio: 3890,
    categoria,
    atributos: { origen: 'Bulcay, Gualaceo', medidas: '35 × 140 cm', color: 'añil' },
    existencia: 8,
    umbralMinimo: 3,
  },
  {
    sku: 'TEX-LIMPION-LINO',
    nombre: 'Limpiones de lino, juego de dos',
    descripcion:
      'Secan a la primera, no sueltan pelusa y mejoran con los lavados. Con presilla para colgarlos.',
    precio: 1150,
    categoria,
    atributos: { material: 'lino', medidas: '45 × 65 cm', contenido: '2 unidades' },
    existencia: 29,
    umbralMinimo: 8,
  },
  {
    sku: 'TEX-BOLSA-MERCADO',
    nombre: 'Bolsa de tela para el mercado',
    descripcion:
      'Algodón grueso, asas largas y base reforzada: aguanta doce kilos de papas. Se dobla hasta caber en un bolsillo.',
    precio: 650,
    categoria,
    atributos: { material: 'algodón', capacidad: '15 l', color: 'crudo' },
    existencia: 75,
    umbralMinimo: 20,
  },
  {
    sku: 'TEX-MANTA-ALPACA',
    nombre: 'Manta de alpaca a cuadros',
    descripcion:
      'Mezcla de alpaca y lana, cardada por un solo lado para que abrigue sin pesar. Hecha en Otavalo, para las noches de lluvia.',
    precio: 5900,
    categoria,
    atributos: { origen: 'Otavalo, Imbabura', medidas: '130 × 180 cm', color: 'café y crema' },
    existencia: 2,
    umbralMinimo: 3,
  },
  {
    sku: 'TEX-AGARRADERA',
    nombre: 'Agarraderas acolchadas, par',
    descripcion:
      'Relleno de algodón y forro aluminizado: se puede sostener una bandeja recién salida del horno. Se lavan en máquina.',
    precio: 790,
    categoria,
    atributos: { material: 'algodón', color: 'terracota', contenido: '2 unidades' },
    existencia: 37,
    umbralMinimo: 10,
  },
  {
    sku: 'TEX-SERVILLETAS',
    nombre: 'Servilletas de tela, juego de cuatro',
    descripcion:
      'Algodón con borde vainillado a mano, en cuatro colores de tinte natural. Reemplazan un año de servilletas de papel.',
    precio: 1390,
    categoria,
    atributos: { material: 'algodón', medidas: '40 × 40 cm', contenido: '4 unidades' },
    existencia: 17,
    umbralMinimo: 6,
  },
]
