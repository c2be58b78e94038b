import type { ProductoDemo } from '../producto.ts'

const categoria = 'Chocolate y dulces'

export const chocolate: readonly ProductoDemo[] = [
  {
    sku: 'CHO-MANABI-70',
    nombre: 'Chocolate negro 70 % de Manabí',
    descripcion:
      'Tableta de cacao Nacional fino de aroma, con solo tres ingredientes. Notas de jazmín y frutos secos.',
    precio: 450,
    categoria,
    atributos: { origen: 'Calceta, Manabí', peso: '50 g', cacao: '70 %' },
    existencia: 80,
    umbralMinimo: 20,
  },
  {
    sku: 'CHO-ESMERALDAS-85',
    nombre: 'Chocolate negro 85 % de Esmeraldas',
    descripcion:
      'Para quien lo prefiere intenso y casi sin azúcar. El cacao se fermenta seis días en cajas de laurel.',
    precio: 480,
    categoria,
    atributos: { origen: 'Quinindé, Esmeraldas', peso: '50 g', cacao: '85 %' },
    existencia: 54,
    umbralMinimo: 15,
  },
  {
    sku: 'CHO-SAL-NIBS',
    nombre: 'Chocolate con sal rosada y nibs',
    descripcion:
      'Chocolate al 65 % con escamas de sal de los Andes y trocitos de cacao tostado. Crujiente, dulce y salado a la vez.',
    precio: 520,
    categoria,
    atributos: { peso: '50 g', cacao: '65 %', contiene: 'puede contener leche y maní' },
    existencia: 44,
    umbralMinimo: 15,
  },
  {
    sku: 'CHO-TAZA-AMARGO',
    nombre: 'Chocolate de taza amargo, 200 g',
    descripcion:
      'Pasta pura de cacao en bolas, sin azúcar añadida. Se disuelve en leche o agua hirviendo con canela y se bate hasta que espume.',
    precio: 560,
    categoria,
    atributos: { peso: '200 g', cacao: '100 %', presentación: '8 bolas' },
    existencia: 30,
    umbralMinimo: 10,
  },
  {
    sku: 'CHO-GRAGEAS-UVILLA',
    nombre: 'Uvillas bañadas en chocolate, 120 g',
    descripcion:
      'Uvilla deshidratada de la Sierra cubierta de chocolate al 60 %. Ácida por dentro, y siempre se acaba antes de lo previsto.',
    precio: 590,
    categoria,
    atributos: { origen: 'Píllaro, Tungurahua', peso: '120 g' },
    existencia: 7,
    umbralMinimo: 12,
  },
  {
    sku: 'CHO-MANJAR-250',
    nombre: 'Manjar de leche artesanal, 250 g',
    descripcion:
      'Leche de Nabón, panela y paciencia: cuatro horas de paila removiendo a mano. En frasco de vidrio retornable.',
    precio: 475,
    categoria,
    atributos: { origen: 'Nabón, Azuay', peso: '250 g', contiene: 'leche' },
    existencia: 26,
    umbralMinimo: 8,
  },
  {
    sku: 'CHO-MELCOCHA',
    nombre: 'Melcochas de Baños, 10 unidades',
    descripcion:
      'Caramelo de caña estirado a mano y envuelto en hoja de choclo. Hay que dejarlo ablandar en la boca.',
    precio: 250,
    categoria,
    atributos: { origen: 'Baños, Tungurahua', peso: '150 g' },
    existencia: 60,
    umbralMinimo: 15,
  },
]
