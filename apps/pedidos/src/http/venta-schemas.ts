import { Facturacion } from '@encargo/service-kit/http/facturacion'
import {
  Cantidad,
  cerrado,
  consulta,
  Dinero,
  edicion,
  Email,
  oNull,
  Pais,
  paginacion,
  Telefono,
  texto,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { MetodoElegido, TipoMetodo } from '@encargo/service-kit/values/cotizacion'
import { DiaOInstante } from '@encargo/service-kit/http/moments'
import { Type } from '@sinclair/typebox'

// What a sale has beyond products: who is written to, how it is shipped, what it comes to.

export const Idioma = Type.Union([Type.Literal('es'), Type.Literal('en')])

export const Direccion = {
  nombre: texto(120, 1, 'Rosa Peralta'),
  calle: texto(200, 1, 'Calle Larga 7-20'),
  ciudad: texto(100, 1, 'Cuenca'),
  provincia: Type.Optional(texto(100, 1, 'Azuay')),
  codigoPostal: Type.Optional(texto(20, 1, '010101')),
  pais: Pais,
  telefono: Type.Optional(Telefono),
  referencia: Type.Optional(texto(200, 1, 'Casa verde, junto a la farmacia')),
} as const

const Contacto = {
  nombre: texto(120, 1, 'Rosa Peralta'),
  email: Type.Optional(Email),
  telefono: Type.Optional(Telefono),
} as const

const CodigoMetodo = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$',
  error: 'debe ser un código de 1 a 40 letras, cifras o guiones, como moto',
  'x-regla': 'formato',
  examples: ['moto'],
})
/** As people type it; kept in upper case. */
const CodigoCupon = Type.String({
  pattern: '^\\s*[A-Za-z0-9][A-Za-z0-9_-]{0,39}\\s*$',
  error: 'debe ser un código de 1 a 40 letras, cifras o guiones, como BIENVENIDA',
  'x-regla': 'formato',
  examples: ['BIENVENIDA'],
})
export const cuponLimpio = (codigo: string) => codigo.trim().toUpperCase()

/** A word for where it is sold. */
const Canal = Type.Optional(
  Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
    error: 'debe ser una palabra de hasta 40 letras minúsculas, cifras o guiones',
    'x-regla': 'formato',
    examples: ['web'],
    description:
      'Por dónde se vendió. `mostrador`, solo el personal; con `completar` y sin `clienteId`, a quien no da su nombre',
  }),
)

/** What an order says beyond its lines; each of them may be left out. */
export const DelTrato = {
  contacto: Type.Optional(cerrado(Contacto, 'ContactoDado')),
  facturacion: Type.Optional(Facturacion),
  metodoEnvio: Type.Optional(CodigoMetodo),
  cupon: Type.Optional(CodigoCupon),
  totalEsperado: Type.Optional({
    ...Dinero,
    description: 'Si el total es otro, 409 `total-cambiado` con la cotización',
  }),
  idioma: Type.Optional({
    ...Idioma,
    error: 'debe ser es o en',
    'x-regla': 'opcion',
    description: 'En el que se escribe al cliente',
  }),
  canal: Canal,
  pago: Type.Optional(
    cerrado(
      {
        metodo: Type.String({
          pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$',
          error: 'debe ser un código de 1 a 40 letras, cifras o guiones, como transferencia',
          'x-regla': 'formato',
          examples: ['transferencia'],
        }),
      },
      'PagoElegido',
    ),
  ),
} as const

/** What was agreed of an order, as its customer and staff see it. */
export const DeCondiciones = {
  contacto: oNull(Type.Object(Contacto, { title: 'Contacto' })),
  facturacion: oNull(Facturacion),
  metodoEnvio: oNull(Type.Object(MetodoElegido, { title: 'MetodoElegido' })),
  cupon: oNull(Type.String({ examples: ['BIENVENIDA'] })),
  idioma: oNull(Idioma),
  canal: oNull(Type.String({ examples: ['web'] })),
} as const

export const LineaPedida = {
  productoId: Uuid,
  cantidad: Cantidad,
  precioEsperado: Type.Optional(Dinero),
} as const

export const Cotizar = cerrado(
  {
    lineas: Type.Array(cerrado(LineaPedida), { minItems: 1, maxItems: 100 }),
    metodoEnvio: Type.Optional(CodigoMetodo),
    direccionEnvio: Type.Optional(
      cerrado({ ...Type.Partial(Type.Object(Direccion)).properties, pais: Pais }),
    ),
    cupon: Type.Optional(CodigoCupon),
    clienteId: Type.Optional({
      ...Uuid,
      description: 'Para quién; otro que uno mismo, el personal',
    }),
    canal: Canal,
  },
  'Cotizar',
)

const Tramos = Type.Array(cerrado({ desde: Dinero, precio: Dinero }), {
  minItems: 1,
  maxItems: 50,
})
const Tarifa = Type.Union([
  cerrado({ tipo: Type.Literal('fija'), precio: Dinero }),
  cerrado({
    tipo: Type.Union([Type.Literal('por-importe'), Type.Literal('por-peso')]),
    tramos: Tramos,
  }),
])
const Zonas = Type.Array(
  cerrado({
    pais: Pais,
    provincias: Type.Optional(Type.Array(texto(100, 1, 'Azuay'), { minItems: 1, maxItems: 100 })),
  }),
  { maxItems: 250, description: 'Países, o solo esas provincias suyas; ninguna: a todas partes' },
)
const ClaseImpuesto = Type.String({
  maxLength: 40,
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  error: 'debe ser el código de un impuesto de la tienda, como general',
  'x-regla': 'formato',
  examples: ['general'],
})
const Plazo = Type.Integer({ minimum: 0, maximum: 365, examples: [2] })

const DeMetodo = {
  nombre: texto(80, 1, 'Moto en la ciudad'),
  tarifa: {
    ...Tarifa,
    description:
      'Lo que cuesta, impuesto incluido: siempre lo mismo, o desde cierto importe o peso (gramos) otro precio',
    examples: [{ tipo: 'fija', precio: 350 }],
  },
  zonas: Type.Optional(Zonas),
  gratisDesde: Type.Optional(oNull(Dinero)),
  claseImpuesto: Type.Optional(ClaseImpuesto),
  plazoDias: Type.Optional(oNull(Plazo)),
  instrucciones: Type.Optional(oNull(texto(500, 1, 'Atendemos de 9 a 18, en Larga y Borrero'))),
  activo: Type.Optional(Type.Boolean({ examples: [true] })),
  posicion: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, examples: [1] })),
} as const

export const AltaMetodo = cerrado(
  { codigo: CodigoMetodo, tipo: TipoMetodo, ...DeMetodo },
  'AltaMetodo',
)
export const EdicionMetodo = edicion(
  Type.Partial(Type.Object({ tipo: TipoMetodo, ...DeMetodo })).properties,
  'EdicionMetodo',
)
export const MetodoVisto = Type.Object(
  {
    codigo: Type.String({ examples: ['moto'] }),
    nombre: Type.String({ examples: ['Moto en la ciudad'] }),
    tipo: TipoMetodo,
    zonas: Zonas,
    tarifa: Tarifa,
    gratisDesde: oNull(Dinero),
    claseImpuesto: Type.String({ examples: ['general'] }),
    plazoDias: oNull(Type.Integer({ examples: [2] })),
    instrucciones: oNull(Type.String()),
    activo: Type.Boolean(),
    posicion: Type.Integer(),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'MetodoEnvio' },
)
export const ConCodigoMetodo = Type.Object({ codigo: CodigoMetodo })

const Usos = Type.Integer({ minimum: 1, maximum: 1_000_000_000, examples: [100] })
const DeCupon = {
  valor: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000_000,
      description:
        'De `porcentaje`, en centésimas de un por ciento (1000 es 10 %); de `importe`, en la unidad menor; ' +
        '`envio-gratis` no lleva',
      examples: [1000],
    }),
  ),
  minimo: Type.Optional(
    oNull({ ...Dinero, description: 'Lo que tienen que sumar las líneas para las que vale' }),
  ),
  desde: Type.Optional(oNull(DiaOInstante)),
  hasta: Type.Optional(oNull({ ...DiaOInstante, description: 'Si es un día, también durante él' })),
  usosMaximos: Type.Optional(oNull(Usos)),
  usosPorCliente: Type.Optional(oNull(Usos)),
  categorias: Type.Optional(
    Type.Array(texto(100, 1, 'Café'), {
      maxItems: 50,
      description: 'Solo para productos de estas; ninguna: para todos',
    }),
  ),
  activo: Type.Optional(Type.Boolean({ examples: [true] })),
} as const

const TipoCupon = Type.Union(
  [Type.Literal('porcentaje'), Type.Literal('importe'), Type.Literal('envio-gratis')],
  { error: 'debe ser porcentaje, importe o envio-gratis', 'x-regla': 'opcion' },
)
export const AltaCupon = cerrado(
  { codigo: CodigoCupon, tipo: TipoCupon, ...DeCupon },
  'AltaCupon',
  {
    codigo: 'BIENVENIDA',
    tipo: 'porcentaje',
    valor: 1000,
    usosMaximos: 100,
  },
)
export const EdicionCupon = edicion(DeCupon, 'EdicionCupon')
const Momento = oNull(Type.String({ examples: ['2026-01-15T12:00:00.000Z'] }))
export const CuponVisto = Type.Object(
  {
    codigo: Type.String({ examples: ['BIENVENIDA'] }),
    tipo: TipoCupon,
    valor: oNull(Type.Integer({ examples: [1000] })),
    minimo: oNull(Dinero),
    desde: Momento,
    hasta: Momento,
    usosMaximos: oNull(Type.Integer({ examples: [100] })),
    usosPorCliente: oNull(Type.Integer({ examples: [1] })),
    categorias: Type.Array(Type.String()),
    activo: Type.Boolean(),
    usados: Type.Integer({ description: 'Por pedidos que no están Cancelado' }),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'Cupon' },
)
export const ConCodigoCupon = Type.Object({ codigo: CodigoCupon })
export const ConsultaCupones = consulta({
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'Cómo empieza su código',
      examples: ['BIEN'],
    }),
  ),
  ...paginacion,
})
