import type { ProductoDemo } from '../producto.ts'

const categoria = 'Café'

export const cafe: readonly ProductoDemo[] = [
  {
    sku: 'CAF-LOJA-250',
    nombre: 'Café de Loja en grano, 250 g',
    descripcion:
      'Tueste medio de fincas pequeñas de Quilanga, a 1 800 metros de altura. En taza recuerda a panela, mandarina y almendra tostada.',
    precio: 950,
    categoria,
    atributos: { origen: 'Quilanga, Loja', peso: '250 g', tueste: 'medio', proceso: 'lavado' },
    existencia: 48,
    umbralMinimo: 12,
  },
  {
    sku: 'CAF-LOJA-MOLIDO',
    nombre: 'Café de Loja molido, 250 g',
    descripcion:
      'El mismo grano de Quilanga, molido el día del empaque para cafetera de goteo o chuspa. La bolsa tiene válvula y cierre para que conserve el aroma.',
    precio: 950,
    categoria,
    atributos: { origen: 'Quilanga, Loja', peso: '250 g', tueste: 'medio', molienda: 'media' },
    existencia: 36,
    umbralMinimo: 12,
  },
  {
    sku: 'CAF-ZARUMA-500',
    nombre: 'Café de Zaruma en grano, 500 g',
    descripcion:
      'Variedad típica cultivada bajo sombra en la parte alta de El Oro. Cuerpo redondo, acidez suave y un final largo a cacao.',
    precio: 1690,
    categoria,
    atributos: { origen: 'Zaruma, El Oro', peso: '500 g', tueste: 'medio alto', proceso: 'lavado' },
    existencia: 22,
    umbralMinimo: 8,
  },
  {
    sku: 'CAF-INTAG-340',
    nombre: 'Café orgánico de Íntag, 340 g',
    descripcion:
      'Lo cultivan familias que cuidan el bosque nublado de Íntag. Notas florales y de miel; queda muy bien en filtro de papel.',
    precio: 1280,
    categoria,
    atributos: { origen: 'Íntag, Imbabura', peso: '340 g', tueste: 'claro', cultivo: 'orgánico' },
    existencia: 5,
    umbralMinimo: 10,
  },
  {
    sku: 'CAF-GALAPAGOS-250',
    nombre: 'Café de Galápagos en grano, 250 g',
    descripcion:
      'Borbón de la isla San Cristóbal, regado por la garúa y secado al sol. Una cosecha muy corta que llega dos veces al año.',
    precio: 2150,
    categoria,
    atributos: { origen: 'San Cristóbal, Galápagos', peso: '250 g', tueste: 'medio' },
    existencia: 0,
    umbralMinimo: 4,
  },
  {
    sku: 'CAF-DESCAFEINADO-250',
    nombre: 'Café descafeinado al agua, 250 g',
    descripcion:
      'Descafeinado con agua de montaña, sin disolventes. Conserva el dulzor del grano y se puede tomar a cualquier hora.',
    precio: 1100,
    categoria,
    atributos: { origen: 'Vilcabamba, Loja', peso: '250 g', tueste: 'medio', cafeína: 'sin' },
    existencia: 18,
    umbralMinimo: 6,
  },
  {
    sku: 'CAF-CHUSPA',
    nombre: 'Chuspa de algodón para colar café',
    descripcion:
      'Filtro de tela con aro de alambre y mango de madera, como el de la casa de los abuelos. Se enjuaga con agua caliente y dura muchos meses.',
    precio: 420,
    categoria,
    atributos: { material: 'algodón crudo', diámetro: '12 cm' },
    existencia: 40,
    umbralMinimo: 10,
  },
]
