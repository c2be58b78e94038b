import {
  cerrado,
  consulta,
  Dinero,
  edicion,
  Instante,
  Moneda,
  pagina,
  texto,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { Type } from '@sinclair/typebox'
import { t } from 'elysia'
import { camposProducto } from '../domain/producto.ts'

const direccion =
  'debe ser una dirección http(s) o una ruta que empiece por /, de hasta 2000 caracteres'
const imagenUrl = Type.String({
  maxLength: 2000,
  // No control characters, quotes or backslashes, which browsers read in ways of their own.
  pattern:
    '^(?:https?://[^\\s\\u0000-\\u001f"<>\\\\/?#@]+(?:[/?#][^\\s\\u0000-\\u001f"<>\\\\]*)?|/(?!/)[^\\s\\u0000-\\u001f"<>\\\\]*)$',
  error: direccion,
  'x-regla': 'direccion-web',
  examples: ['https://tienda.example/cafe.webp'],
})

// Elysia infers nothing at all of an optional record unless it is told.
const atributos = Type.Unsafe<Record<string, string>>(
  Type.Record(
    Type.String({ pattern: '^(?!__proto__$)(?=.*\\S)[^\\u0000-\\u001f]{1,60}$' }),
    texto(500, 0),
    {
      additionalProperties: false,
      maxProperties: 50,
      examples: [{ origen: 'Loja' }],
      error: 'admite hasta 50 atributos, con nombres de 1 a 60 caracteres y textos de hasta 500',
    },
  ),
)

/** The name of a class of tax for programs. */
export const CodigoImpuesto = Type.String({
  maxLength: 40,
  pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
  error: 'debe tener de 1 a 40 letras minúsculas sin acentos, cifras o guiones, como general',
  examples: ['general'],
})
const pesoGramos = Type.Integer({ minimum: 0, maximum: 1_000_000_000, examples: [250] })

const textoONull = 'debe ser un texto de 1 a 100 caracteres, o null'
const editables = {
  sku: texto(64, 1, 'CAF-LOJA-250'),
  nombre: texto(200, 1, 'Café de Loja'),
  descripcion: texto(5000, 0, 'De altura, molido, 250 g.'),
  precio: Dinero,
  categoria: Type.Union([texto(100, 1, 'Café'), Type.Null()], { error: textoONull }),
  imagenUrl: Type.Union([imagenUrl, Type.Null()], { error: direccion }),
  atributos,
  claseImpuesto: CodigoImpuesto,
  pesoGramos: Type.Union([pesoGramos, Type.Null()], {
    error: 'debe ser un número entero de gramos, de 0 a 1000000000, o null',
  }),
} as const

export const AltaProducto = cerrado(
  {
    sku: editables.sku,
    nombre: editables.nombre,
    precio: editables.precio,
    descripcion: Type.Optional(editables.descripcion),
    categoria: Type.Optional(editables.categoria),
    imagenUrl: Type.Optional(editables.imagenUrl),
    atributos: Type.Optional(editables.atributos),
    claseImpuesto: Type.Optional(editables.claseImpuesto),
    pesoGramos: Type.Optional(editables.pesoGramos),
  },
  'AltaProducto',
)

export const EdicionProducto = edicion(
  {
    sku: Type.Optional(editables.sku),
    nombre: Type.Optional(editables.nombre),
    precio: Type.Optional(editables.precio),
    descripcion: Type.Optional(editables.descripcion),
    categoria: Type.Optional(editables.categoria),
    imagenUrl: Type.Optional(editables.imagenUrl),
    atributos: Type.Optional(editables.atributos),
    activo: Type.Optional(Type.Boolean()),
    claseImpuesto: Type.Optional(editables.claseImpuesto),
    pesoGramos: Type.Optional(editables.pesoGramos),
  },
  'EdicionProducto',
)

export const deImpuestoYPeso = {
  claseImpuesto: Type.String({
    description: 'El impuesto que el precio lleva dentro: un código de `GET /impuestos`',
    examples: ['general'],
  }),
  pesoGramos: Type.Union([Type.Integer(), Type.Null()], { examples: [250] }),
} as const

export const ProductoVisto = Type.Object(
  {
    id: Uuid,
    sku: Type.String({ examples: ['CAF-LOJA-250'] }),
    nombre: Type.String({ examples: ['Café de Loja'] }),
    descripcion: Type.String({ examples: ['De altura, molido, 250 g.'] }),
    precio: Dinero,
    moneda: Moneda,
    categoria: Type.Union([Type.String(), Type.Null()], { examples: ['Café'] }),
    imagenUrl: Type.Union([Type.String(), Type.Null()], {
      examples: ['https://tienda.example/cafe.webp'],
    }),
    atributos: Type.Unsafe<Record<string, string>>(
      Type.Record(Type.String(), Type.String(), { examples: [{ origen: 'Loja' }] }),
    ),
    activo: Type.Boolean({ description: 'Falso: archivado, ya no se vende' }),
    ...deImpuestoYPeso,
    version: Type.Integer({ minimum: 1 }),
    creadoEn: Instante,
    actualizadoEn: Instante,
  },
  { title: 'Producto' },
)
export const PaginaProductos = pagina(ProductoVisto)
/** Some of what staff may set. */
export const CamposDeProducto = Type.Partial(Type.Pick(ProductoVisto, [...camposProducto]), {
  title: 'CamposDeProducto',
})

export const PaginaPrecios = pagina(
  Type.Object(
    {
      precio: Dinero,
      moneda: Moneda,
      desde: Instante,
      usuarioId: Type.String({ examples: ['0198c0de-7f00-7000-8000-00000000002a'] }),
    },
    { title: 'Precio' },
  ),
)

export const Categorias = Type.Object({
  datos: Type.Array(
    Type.Object(
      { nombre: Type.String({ examples: ['Café'] }), productos: Type.Integer({ examples: [7] }) },
      { title: 'Categoria' },
    ),
  ),
})

const precioFiltro = t.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const limite = t.Integer({ minimum: 1, maximum: 200, description: 'De 1 a 200; si falta, 50' })
const cursor = Type.String({ minLength: 1, maxLength: 1024 })

export const ConsultaProductos = consulta({
  ids: Type.Optional(
    Type.String({
      maxLength: 8000,
      description:
        'Hasta 200 ids separados por comas; se combina con `q`, no con otros filtros, orden ni cursor',
    }),
  ),
  skus: Type.Optional(
    Type.String({
      maxLength: 14_000,
      description:
        'Hasta 200 SKU separados por comas; uno que lleva coma va entre comillas, como en CSV. No se combina con filtros, orden ni cursor',
    }),
  ),
  q: Type.Optional(
    Type.String({ maxLength: 200, description: 'Palabras del nombre, la descripción o el SKU' }),
  ),
  categoria: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  precioMin: Type.Optional(precioFiltro),
  precioMax: Type.Optional(precioFiltro),
  orden: Type.Optional(
    Type.Union(
      [
        Type.Literal('relevancia'),
        Type.Literal('nombre'),
        Type.Literal('precio'),
        Type.Literal('-precio'),
        Type.Literal('-creadoEn'),
      ],
      { description: 'Si falta, con `q` por relevancia y sin él por nombre' },
    ),
  ),
  archivados: Type.Optional(t.Boolean({ description: 'Solo los archivados, para el personal' })),
  limite: Type.Optional(limite),
  cursor: Type.Optional(cursor),
})

export const ConsultaPrecios = consulta({
  limite: Type.Optional(limite),
  cursor: Type.Optional(cursor),
})
