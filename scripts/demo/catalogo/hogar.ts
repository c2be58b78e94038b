import type { ProductoDemo } from '../producto.ts'

const categoria = 'Hogar'

export const hogar: readonly ProductoDemo[] = [
  {
    sku: 'HOG-VELA-PALO-SANTO',
    nombre: 'Vela de soya con palo santo',
    descripcion:
      'Cera vegetal y aceite destilado de ramas caídas, nunca taladas. Unas treinta y cinco horas de luz tranquila.',
    precio: 1290,
    categoria,
    atributos: { peso: '180 g', duración: '35 h', aroma: 'palo santo' },
    existencia: 27,
    umbralMinimo: 8,
  },
  {
    sku: 'HOG-CANASTA-TOQUILLA',
    nombre: 'Canasta tejida de paja toquilla',
    descripcion:
      'Tejida en Sígsig con la misma paja de los sombreros. Para el pan, las llaves o el ovillo a medio terminar.',
    precio: 1680,
    categoria,
    atributos: { origen: 'Sígsig, Azuay', material: 'paja toquilla', diámetro: '24 cm' },
    existencia: 14,
    umbralMinimo: 5,
  },
  {
    sku: 'HOG-JABON-AVENA',
    nombre: 'Jabón de avena y miel, 100 g',
    descripcion:
      'Saponificado en frío y curado seis semanas. Hace una espuma cremosa y no reseca las manos.',
    precio: 390,
    categoria,
    atributos: { peso: '100 g', aroma: 'suave' },
    existencia: 83,
    umbralMinimo: 20,
  },
  {
    sku: 'HOG-CEPILLO-CABUYA',
    nombre: 'Cepillo de cabuya para vajilla',
    descripcion:
      'Cerdas de fibra de cabuya y mango de madera de eucalipto. Cuando se gasta, va al compost.',
    precio: 460,
    categoria,
    atributos: { material: 'cabuya y eucalipto', largo: '22 cm' },
    existencia: 45,
    umbralMinimo: 12,
  },
  {
    sku: 'HOG-MACETA-BARRO',
    nombre: 'Maceta de barro con plato',
    descripcion:
      'Barro poroso que deja respirar las raíces. Buen tamaño para un cedrón o una suculenta de ventana.',
    precio: 850,
    categoria,
    atributos: { material: 'barro cocido', diámetro: '15 cm' },
    existencia: 32,
    umbralMinimo: 10,
  },
  {
    sku: 'HOG-FAROL-HOJALATA',
    nombre: 'Farol de hojalata calada',
    descripcion:
      'Lo cortan y sueldan en la calle de las Herrerías. Con una vela pequeña llena la pared de estrellas.',
    precio: 2350,
    categoria,
    atributos: { origen: 'Cuenca, Azuay', material: 'hojalata', alto: '26 cm' },
    existencia: 10,
    umbralMinimo: 3,
  },
  {
    sku: 'HOG-SAHUMERIO-ROMERO',
    nombre: 'Sahumerio de romero y eucalipto',
    descripcion:
      'Atado de hierbas de la chacra, secado a la sombra. Se enciende la punta, se sopla y se deja humear sobre un plato.',
    precio: 350,
    categoria,
    atributos: { largo: '15 cm', aroma: 'romero y eucalipto' },
    existencia: 55,
    umbralMinimo: 15,
  },
]
