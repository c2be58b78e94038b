import type { ProductoDemo } from '../producto.ts'

const categoria = 'Cocina'

export const cocina: readonly ProductoDemo[] = [
  {
    sku: 'COC-TAZA-CHORDELEG',
    nombre: 'Taza de cerámica de Chordeleg',
    descripcion:
      'Torneada y pintada a mano, así que no hay dos iguales. Aguanta el microondas y el desayuno de cada día.',
    precio: 890,
    categoria,
    atributos: { material: 'cerámica esmaltada', capacidad: '280 ml', color: 'azul cobalto' },
    existencia: 34,
    umbralMinimo: 10,
  },
  {
    sku: 'COC-CAZUELA-BARRO',
    nombre: 'Cazuela de barro con tapa, 2 litros',
    descripcion:
      'Barro bruñido de Jatumpamba, modelado con huactanas y sin torno. Guarda el calor hasta la segunda ración.',
    precio: 2450,
    categoria,
    atributos: { origen: 'Jatumpamba, Cañar', material: 'barro', capacidad: '2 l' },
    existencia: 9,
    umbralMinimo: 3,
  },
  {
    sku: 'COC-TABLA-TECA',
    nombre: 'Tabla de picar de teca',
    descripcion:
      'Madera de plantación certificada, con canal para los jugos. Viene curada con aceite mineral y lista para usar.',
    precio: 2290,
    categoria,
    atributos: { material: 'teca', medidas: '36 × 24 × 2 cm' },
    existencia: 16,
    umbralMinimo: 5,
  },
  {
    sku: 'COC-CUCHARA-NARANJO',
    nombre: 'Cuchara de palo de naranjo',
    descripcion:
      'Tallada de una sola pieza en San Antonio de Ibarra. No raya las ollas ni toma sabores.',
    precio: 480,
    categoria,
    atributos: { material: 'madera de naranjo', largo: '30 cm' },
    existencia: 52,
    umbralMinimo: 12,
  },
  {
    sku: 'COC-MOLINO-MANUAL',
    nombre: 'Molino manual de café',
    descripcion:
      'Muelas cónicas de cerámica con dieciocho posiciones, de espresso a prensa. Muele para dos tazas en menos de un minuto.',
    precio: 3450,
    categoria,
    atributos: { material: 'acero y cerámica', capacidad: '30 g' },
    existencia: 11,
    umbralMinimo: 4,
  },
  {
    sku: 'COC-PRENSA-600',
    nombre: 'Prensa francesa de vidrio, 600 ml',
    descripcion:
      'Vidrio de borosilicato y filtro doble de malla, fácil de desarmar para lavarlo. Sirve cuatro tazas medianas.',
    precio: 2790,
    categoria,
    atributos: { material: 'vidrio y acero', capacidad: '600 ml', color: 'negro' },
    existencia: 13,
    umbralMinimo: 4,
  },
  {
    sku: 'COC-MORTERO-PIEDRA',
    nombre: 'Mortero de piedra volcánica',
    descripcion:
      'Piedra andesita labrada a cincel, pesada y estable. El ají machacado en él no se parece al de la licuadora.',
    precio: 3190,
    categoria,
    atributos: { material: 'andesita', diámetro: '16 cm', peso: '3,2 kg' },
    existencia: 6,
    umbralMinimo: 2,
  },
]
