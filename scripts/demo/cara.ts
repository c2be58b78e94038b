import type { Client } from '@encargo/client'
import icono from './cara/icono.svg' with { type: 'text' }
import logo from './cara/logo.svg' with { type: 'text' }
import portada from './cara/portada.svg' with { type: 'text' }

/** The pictures of the demo shop, each a drawing. */
export const imagenes = { logo, icono, portada } as const

type Cara = NonNullable<Parameters<Client['auth']['tienda']['patch']>[0]>

/** What the demo shop says of itself: nothing in it is anybody's. */
export const cara: Cara = {
  nombre: 'Bazar del Barranco',
  lema: 'Cosas buenas de cerca, junto al Tomebamba',
  idioma: 'es',
  zonaHoraria: 'America/Guayaquil',
  colores: { principal: '#9a3412', fondo: '#fffaf5' },
  contacto: {
    email: 'hola@bazar.example',
    telefono: '+593 7 200 0101',
    direccion: 'Calle Larga y Bajada del Barranco\nCuenca, Ecuador',
    horario: 'De lunes a sábado, de 9 a 19 h',
  },
  terminos: [
    'Esta es una tienda de muestra: nada de lo que se ve aquí se vende ni se envía.',
    'Lo que compras queda apartado para ti durante un día; sin cuenta, durante dos horas. Si en ese tiempo no se completa el pedido, vuelve al estante.',
    'Los cambios se aceptan durante treinta días, con la caja y sin usar. El café, el té y los dulces, solo si llegan mal.',
  ].join('\n\n'),
  privacidad: [
    'Guardamos tu nombre, tu correo, tu teléfono, la dirección a la que va cada pedido y los datos de tu factura, y nada más.',
    'No hay seguimiento ni publicidad. Puedes pedir que borremos tu cuenta cuando quieras.',
  ].join('\n\n'),
  portada: {
    titulo: 'Café recién tostado, de Loja y de Zaruma',
    texto:
      'En grano o molido, de quien lo cultiva. Y lo que va bien al lado: panela, cacao y tazas de aquí.',
    enlace: { texto: 'Ver el café', destino: '/?categoria=Caf%C3%A9' },
  },
  categoriasDestacadas: [
    'Café',
    'Chocolate y dulces',
    'Té e infusiones',
    'Textiles',
    'Cocina',
    'Papelería',
  ],
}
