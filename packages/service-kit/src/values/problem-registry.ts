import { type Static, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox'
import { CotizacionVista, MotivoCupon } from './cotizacion.ts'
import { ErrorDeCampo } from './field-rules.ts'
import { ErrorFila } from './row-rules.ts'

const faltantes = Type.Array(
  Type.Object({
    productoId: Type.String(),
    solicitado: Type.Integer(),
    disponible: Type.Integer(),
  }),
)
const errores = Type.Array(ErrorDeCampo)
const cambios = Type.Array(
  Type.Object({
    productoId: Type.String(),
    precioEsperado: Type.Integer(),
    precioActual: Type.Integer(),
  }),
)
/** The rows of a file that nothing was taken of. */
const filas = Type.Array(ErrorFila)
/** What an OAuth client looks at (RFC 6749, 5.2); only `POST /token` sends it. */
const oauth = {
  extra: {
    error: Type.Optional(
      Type.Union([
        Type.Literal('invalid_request'),
        Type.Literal('invalid_client'),
        Type.Literal('invalid_grant'),
        Type.Literal('invalid_scope'),
        Type.Literal('unsupported_grant_type'),
      ]),
    ),
    error_description: Type.Optional(Type.String({ description: '`detail` en ASCII' })),
  },
} as const
/** Orders that are pending, and the units that they set aside. */
const uso = Type.Object({ pedidos: Type.Integer(), unidades: Type.Integer() })
const retryable = { retryable: true } as const

/**
 * The one registry of refusals: `codigo` -> status, title, and the members it carries beyond those
 * of RFC 9457. `retryable` says whether the same request can succeed later without a change.
 */
export const problemas = {
  'json-invalido': { status: 400, title: 'El cuerpo no es JSON válido' },
  'peticion-invalida': { status: 400, title: 'La petición no se entiende' },
  'firma-invalida': { status: 400, title: 'La firma no es correcta' },
  'scope-invalido': { status: 400, title: 'Ese permiso no está concedido', ...oauth },
  'peticion-token-invalida': {
    status: 400,
    title: 'La petición de token no se entiende',
    ...oauth,
  },
  'no-autenticado': { status: 401, title: 'Hace falta identificarse' },
  'credenciales-invalidas': { status: 401, title: 'Correo o contraseña incorrectos', ...oauth },
  'token-invalido': { status: 400, title: 'El token no sirve', ...oauth },
  'token-reutilizado': { status: 400, title: 'El token ya se había usado', ...oauth },
  prohibido: { status: 403, title: 'No está permitido' },
  'cliente-inactivo': { status: 403, title: 'La cuenta del cliente está inactiva' },
  'no-encontrado': { status: 404, title: 'No existe' },
  'metodo-no-permitido': { status: 405, title: 'Método no permitido' },
  'peticion-lenta': { status: 408, title: 'La petición llegó demasiado despacio', ...retryable },
  'email-en-uso': { status: 409, title: 'Ese correo ya está registrado' },
  'cedula-en-uso': { status: 409, title: 'Esa cédula ya está registrada' },
  'ultimo-admin': { status: 409, title: 'Debe quedar al menos un administrador' },
  'sku-en-uso': { status: 409, title: 'Ese SKU ya existe' },
  'inventario-existente': { status: 409, title: 'El producto ya tiene inventario' },
  'stock-insuficiente': {
    status: 409,
    title: 'No hay existencias suficientes',
    extra: { faltantes },
  },
  'existencia-fuera-de-limite': { status: 409, title: 'La existencia pasaría del máximo' },
  'reserva-distinta': { status: 409, title: 'La reserva tiene otras líneas' },
  'reserva-cerrada': { status: 409, title: 'La reserva ya está cerrada' },
  'cantidad-excedida': { status: 409, title: 'Son más unidades de las que quedan' },
  'devolucion-distinta': { status: 409, title: 'La devolución tiene otras líneas' },
  'instalacion-distinta': { status: 409, title: 'Es de otra instalación' },
  'precio-cambiado': { status: 409, title: 'El precio cambió', extra: { cambios } },
  'total-cambiado': {
    status: 409,
    title: 'El total cambió',
    extra: { cotizacion: CotizacionVista },
  },
  'cupon-agotado': {
    status: 409,
    title: 'El cupón ya no tiene usos',
    extra: { motivo: MotivoCupon },
  },
  'codigo-en-uso': { status: 409, title: 'Ese código ya existe' },
  'demasiados-pedidos-abiertos': {
    status: 409,
    title: 'Hay demasiados pedidos pendientes',
    extra: { maximos: uso, abiertos: uso },
    ...retryable,
  },
  'pago-pendiente': { status: 409, title: 'Falta el pago' },
  'pedido-no-cobrable': { status: 409, title: 'El pedido no admite ese cobro' },
  'importe-excedido': { status: 409, title: 'Es más de lo que queda' },
  'cobro-no-admite': { status: 409, title: 'El cobro no admite eso' },
  'reembolso-distinto': { status: 409, title: 'El reembolso es de otro importe' },
  'referencia-repetida': { status: 409, title: 'Esa referencia ya se anotó' },
  'transicion-invalida': { status: 409, title: 'El pedido no admite ese cambio' },
  'idempotencia-en-curso': { status: 409, title: 'Esa petición sigue en curso', ...retryable },
  'version-distinta': { status: 412, title: 'Otra persona lo cambió antes' },
  'cuerpo-demasiado-grande': { status: 413, title: 'El cuerpo es demasiado grande' },
  'tipo-no-admitido': { status: 415, title: 'Tipo de contenido no admitido' },
  'datos-invalidos': { status: 422, title: 'Hay datos que corregir', extra: { errores } },
  'producto-inexistente': { status: 422, title: 'El producto no existe o ya no se vende' },
  'cupon-invalido': {
    status: 422,
    title: 'El cupón no vale para este pedido',
    extra: { motivo: MotivoCupon },
  },
  'metodo-pago-no-disponible': { status: 422, title: 'No se puede pagar así' },
  'envio-no-disponible': { status: 422, title: 'Ningún envío llega así' },
  'cliente-inexistente': { status: 422, title: 'El cliente no existe' },
  // The same list as of `datos-invalidos`, so that a form shows the sentence at the field.
  'identificacion-invalida': {
    status: 422,
    title: 'El número de identificación no es correcto',
    extra: { errores },
  },
  'idempotencia-distinta': { status: 422, title: 'Esa clave ya se usó con otros datos' },
  'importacion-invalida': {
    status: 422,
    title: 'El archivo tiene filas que corregir',
    extra: { total: Type.Integer(), filas },
  },
  'demasiadas-peticiones': { status: 429, title: 'Demasiadas peticiones', ...retryable },
  'demasiados-pedidos': { status: 429, title: 'Demasiados pedidos en un día', ...retryable },
  'error-interno': { status: 500, title: 'Algo falló por nuestra parte' },
  'servicio-no-disponible': { status: 503, title: 'Servicio no disponible', ...retryable },
  'almacenamiento-no-disponible': {
    status: 503,
    title: 'No se puede guardar en este momento',
    ...retryable,
  },
} as const satisfies Record<
  string,
  { status: number; title: string; retryable?: true; extra?: Record<string, TSchema> }
>

export type Codigo = keyof typeof problemas
type Registro = typeof problemas
export type StatusDe<C extends Codigo> = Registro[C]['status']

/** The members that a code carries beyond those of RFC 9457. */
export type Extra<C extends Codigo> = Registro[C] extends {
  extra: infer E extends TProperties
}
  ? Static<TObject<E>>
  : unknown

/**
 * Codes that any route may answer, whatever it does. The guard's are among them rather than in its
 * macros: a macro's response schema is intersected with the route's own of the same status.
 */
export const codigosComunes = [
  'json-invalido',
  'peticion-invalida',
  'no-autenticado',
  'prohibido',
  'peticion-lenta',
  'cuerpo-demasiado-grande',
  'tipo-no-admitido',
  'datos-invalidos',
  'demasiadas-peticiones',
  'error-interno',
  'servicio-no-disponible',
  'almacenamiento-no-disponible',
] as const satisfies readonly Codigo[]
export type CodigoComun = (typeof codigosComunes)[number]
