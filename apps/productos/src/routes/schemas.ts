import {
  cerrado,
  consulta,
  Dinero,
  edicion,
  Instante,
  pagina,
  texto,
  Uuid,
} from '@encargo/service-kit'
import { Type } from '@sinclair/typebox'
import { t } from 'elysia'

const direccion =
  'debe ser una dirección http(s) o una ruta que empiece por /, de hasta 2000 caracteres'
const imagenUrl = Type.String({
  maxLength: 2000,
  // No control characters, quotes or backslashes, which browsers read in ways of their own.
  pattern:
    '^(?:https?://[^\\s\\u0000-\\u001f"<>\\\\/?#@]+(?:[/?#][^\\s\\u0000-\\u001f"<>\\\\]*)?|/(?!/)[^\\s\\u0000-\\u001f"<>\\\\]*)$',
  error: direccion,
  'x-regla': 'direccion-web',
})

const atributos = Type.Record(
  Type.String({ pattern: '^(?!__proto__$)(?=.*\\S)[^\\u0000-\\u001f]{1,60}$' }),
  texto(500, 0),
  {
    additionalProperties: false,
    maxProperties: 50,
    error: 'admite hasta 50 atributos, con nombres de 1 a 60 caracteres y textos de hasta 500',
  },
)

const textoONull = 'debe ser un texto de 1 a 100 caracteres, o null'
const editables = {
  sku: texto(64),
  nombre: texto(200),
  descripcion: texto(5000, 0),
  precio: Dinero,
  categoria: Type.Union([texto(100), Type.Null()], { error: textoONull }),
  imagenUrl: Type.Union([imagenUrl, Type.Null()], { error: direccion }),
  atributos,
} as const

export const AltaProducto = cerrado({
  sku: editables.sku,
  nombre: editables.nombre,
  precio: editables.precio,
  descripcion: Type.Optional(editables.descripcion),
  categoria: Type.Optional(editables.categoria),
  imagenUrl: Type.Optional(editables.imagenUrl),
  atributos: Type.Optional(editables.atributos),
})

export const EdicionProducto = edicion({
  sku: Type.Optional(editables.sku),
  nombre: Type.Optional(editables.nombre),
  precio: Type.Optional(editables.precio),
  descripcion: Type.Optional(editables.descripcion),
  categoria: Type.Optional(editables.categoria),
  imagenUrl: Type.Optional(editables.imagenUrl),
  atributos: Type.Optional(editables.atributos),
  activo: Type.Optional(Type.Boolean()),
})

export const ProductoVisto = Type.Object({
  id: Uuid,
  sku: Type.String(),
  nombre: Type.String(),
  descripcion: Type.String(),
  precio: Dinero,
  moneda: Type.String({ description: 'Código ISO 4217' }),
  categoria: Type.Union([Type.String(), Type.Null()]),
  imagenUrl: Type.Union([Type.String(), Type.Null()]),
  atributos: Type.Record(Type.String(), Type.String()),
  activo: Type.Boolean({ description: 'Falso: archivado, ya no se vende' }),
  version: Type.Integer({ minimum: 1 }),
  creadoEn: Instante,
  actualizadoEn: Instante,
})
export const PaginaProductos = pagina(ProductoVisto)

export const PaginaPrecios = pagina(
  Type.Object({
    precio: Dinero,
    moneda: Type.String(),
    desde: Instante,
    usuarioId: Type.String(),
  }),
)

export const Categorias = Type.Object({
  datos: Type.Array(Type.Object({ nombre: Type.String(), productos: Type.Integer() })),
})

const precioFiltro = t.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const limite = t.Integer({ minimum: 1, maximum: 200, description: 'De 1 a 200; si falta, 50' })
const cursor = Type.String({ minLength: 1, maxLength: 1024 })

export const ConsultaProductos = consulta({
  ids: Type.Optional(
    Type.String({
      maxLength: 8000,
      description: 'Hasta 200 ids separados por comas; no se combina con filtros, orden ni cursor',
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
        Type.Literal('nombre'),
        Type.Literal('precio'),
        Type.Literal('-precio'),
        Type.Literal('-creadoEn'),
      ],
      { description: 'Si falta, por nombre' },
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
