import { ClaveIdempotencia } from '@encargo/service-kit/http/idempotency'
import {
  cabeceras,
  cerrado,
  consulta,
  Dinero,
  Instante,
  Moneda,
  oNull,
  pagina,
  paginacion,
  texto,
  unaDe,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { importeMaximo } from '@encargo/service-kit/values/importes'
import {
  disputas,
  estadosReembolsoDicho,
  estadosCobro,
  momentosPago,
  tiposMovimiento,
} from '@encargo/service-kit/values/cobros'
import { Type } from '@sinclair/typebox'
import { estadosAviso } from '../domain/aviso.ts'
import { causasCierre, proveedores } from '../domain/cobro.ts'
import { estadosReembolso } from '../domain/reembolso.ts'

const TextoONull = oNull(Type.String())

const Importe = Type.Integer({ minimum: 1, maximum: importeMaximo, examples: [1250] })
const Referencia = texto(200, 1, 'Comprobante 0012345')
const Momento = Type.String({
  format: 'date-time',
  error: 'debe ser un instante ISO 8601 como 2026-01-15T12:00:00.000Z',
  examples: ['2026-01-15T12:00:00.000Z'],
})

export const AltaCobro = cerrado(
  {
    pedidoId: Type.Optional(Uuid),
    seguimiento: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description: 'En lugar de `pedidoId`: el del enlace del pedido, para quien no tiene cuenta',
      }),
    ),
    metodo: Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'El `codigo` de un método de pago',
      examples: ['tarjeta'],
    }),
    volverA: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2048,
        description: 'Adónde vuelve quien paga, en una de las páginas que la tienda admite',
        examples: ['https://tienda.example/pedidos/42'],
      }),
    ),
    importe: Type.Optional({
      ...Importe,
      description: 'Solo el personal: una parte de lo que se debe; si falta, todo',
    }),
    captura: Type.Optional(
      cerrado({
        referencia: Type.Optional(Referencia),
        recibidoEn: Type.Optional(Momento),
      }),
    ),
  },
  'AltaCobro',
  { pedidoId: '0198c0de-7f00-7000-8000-00000000002a', metodo: 'tarjeta' },
)

export const ConClave = cabeceras({ 'idempotency-key': ClaveIdempotencia })
export const ConCobro = Type.Object({ id: Uuid })
export const ConReembolso = Type.Object({ id: Uuid, reembolsoId: Uuid })

const Movimiento = Type.Object({
  secuencia: Type.Integer({ minimum: 1 }),
  tipo: unaDe(tiposMovimiento),
  importe: Dinero,
  referencia: Type.String({ description: 'Como lo llama el proveedor' }),
  en: Instante,
})
const DeReembolso = {
  id: Uuid,
  importe: Dinero,
  motivo: Type.String(),
  estado: unaDe(estadosReembolso),
  referencia: TextoONull,
  causa: oNull(Type.String({ description: 'Por qué el proveedor no lo hace' })),
  ajeno: Type.Boolean({ description: 'Si ningún pedido lo pidió, porque no existe' }),
  desde: Instante,
}
const DeCobro = {
  id: Uuid,
  pedidoId: Uuid,
  numero: Type.Integer({ description: 'Del pedido', examples: [42] }),
  metodo: Type.String({ examples: ['tarjeta'] }),
  proveedor: unaDe(proveedores),
  momento: unaDe(momentosPago),
  estado: unaDe(estadosCobro),
  causa: oNull(unaDe(causasCierre)),
  importe: Dinero,
  moneda: Moneda,
  url: oNull(Type.String({ description: 'Dónde se paga, mientras se pueda' })),
  expiraEn: Instante,
  autorizado: Dinero,
  cobrado: Dinero,
  reembolsado: Dinero,
  disputado: Dinero,
  disputa: oNull(unaDe(disputas)),
  ultimoRechazo: oNull(
    Type.String({ description: 'Por qué se rechazó el último intento; se puede probar otra vez' }),
  ),
  creadoEn: Instante,
  actualizadoEn: Instante,
}

/** To the owner of its order what it is; to staff, and to pedidos, also what happened to it. */
export const CobroVisto = Type.Object(
  {
    ...DeCobro,
    instrucciones: Type.Optional(TextoONull),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    apartarHasta: Type.Optional(Instante),
    movimientos: Type.Optional(Type.Array(Movimiento)),
    reembolsos: Type.Optional(Type.Array(Type.Object(DeReembolso))),
  },
  { title: 'Cobro' },
)
export const PaginaCobros = pagina(Type.Object(DeCobro, { title: 'CobroDeLista' }))
export const ConsultaCobros = consulta({
  pedidoId: Type.Optional(Uuid),
  estado: Type.Optional(unaDe(estadosCobro)),
  ...paginacion,
})

/** Who has no account shows the order's link. */
export const ConEnlace = Type.Optional(
  cerrado({ seguimiento: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })) }),
)
export const SinCuerpo = Type.Optional(cerrado({}))

export const Recibido = cerrado(
  {
    importe: Importe,
    referencia: Type.Optional({ ...Referencia, description: 'Del personal, siempre' }),
    recibidoEn: Type.Optional(Momento),
    aceptarExceso: Type.Optional(
      Type.Boolean({ description: 'Anotarlo aunque sea más de lo que el cobro pide' }),
    ),
  },
  'DineroRecibido',
  { importe: 1250, referencia: 'Comprobante 0012345' },
)

export const PeticionReembolso = cerrado(
  { importe: Importe, motivo: texto(500, 1, 'Pedido cancelado') },
  'PeticionReembolso',
)
export const EstadoDeReembolso = Type.Object(
  { id: Uuid, importe: Dinero, estado: unaDe(estadosReembolsoDicho) },
  { title: 'EstadoDeReembolso' },
)
export const CierreReembolso = cerrado(
  { estado: Type.Literal('hecho'), referencia: Referencia },
  'CierreReembolso',
)
export const ReembolsoVisto = Type.Object(
  {
    ...DeReembolso,
    cobroId: Uuid,
    pedidoId: Uuid,
    numero: Type.Integer({ description: 'Del pedido' }),
    metodo: Type.String(),
    proveedor: unaDe(proveedores),
    moneda: Moneda,
    actualizadoEn: Instante,
  },
  { title: 'Reembolso' },
)
export const PaginaReembolsos = pagina(ReembolsoVisto)
export const ConsultaReembolsos = consulta({ estado: unaDe(estadosReembolso), ...paginacion })

export const AvisoVisto = Type.Object(
  {
    id: Type.String({ examples: ['stripe:evt_1'] }),
    proveedor: unaDe(proveedores),
    referencia: Type.String({ description: 'Por qué se pregunta' }),
    estado: unaDe(estadosAviso),
    intentos: Type.Integer(),
    recibidoEn: Instante,
    proximaEn: oNull(Instante),
    error: TextoONull,
  },
  { title: 'Aviso' },
)
export const PaginaAvisos = pagina(AvisoVisto)
export const ConsultaAvisos = consulta({ estado: unaDe(estadosAviso), ...paginacion })
export const ConAviso = Type.Object({
  id: Type.String({
    maxLength: 300,
    pattern: '^\\w+:[^\\u0000-\\u001f]+$',
    examples: ['stripe:evt_1'],
  }),
})
export const ConProveedor = Type.Object({
  id: Type.String({ maxLength: 40, description: 'El proveedor', examples: ['stripe'] }),
})

export const AjenoVisto = Type.Object(
  {
    id: Type.String({ examples: ['stripe:captura:ch_1'] }),
    proveedor: unaDe(proveedores),
    tipo: unaDe(tiposMovimiento),
    referencia: Type.String(),
    importe: Dinero,
    moneda: Moneda,
    cobroId: oNull(Uuid),
    en: Instante,
    resueltoEn: oNull(Instante),
    resolucion: oNull(Type.String({ description: 'Qué se hizo con él' })),
  },
  { title: 'DineroAjeno' },
)
export const ConsultaAjenos = consulta({
  resueltos: Type.Optional(
    Type.Boolean({ description: '`true`: los que alguien resolvió ya, del último al primero' }),
  ),
})
export const PeticionResolucion = cerrado(
  {
    // Not in the path: providers' names may have slashes, which no proxy lets through there.
    id: Type.String({
      maxLength: 300,
      pattern: '^\\w+:[a-z-]+:[^\\u0000-\\u001f]+$',
      examples: ['stripe:captura:ch_1'],
    }),
    resolucion: texto(200, 1, 'Devuelto en el proveedor, re_123'),
  },
  'ResolucionDineroAjeno',
)

export const ConsultaEventos = consulta({
  cursor: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,15}$',
      error: 'debe ser la `secuencia` de un evento, como 1024',
      description: 'La `secuencia` del último que se tiene; se sigue justo después',
    }),
  ),
  limite: paginacion.limite,
  tipos: Type.Optional(
    Type.String({
      maxLength: 500,
      pattern: '^[a-z_.,]+$',
      error: 'deben ser tipos separados por comas, como cobro.cobrado,reembolso.hecho',
      description: 'Solo estos, separados por comas',
    }),
  ),
})
export const PaginaEventos = pagina(
  Type.Object(
    {
      secuencia: Type.Integer({ minimum: 1 }),
      tipo: Type.String({ examples: ['cobro.cobrado'] }),
      sujeto: Type.String({ description: 'El id de un cobro' }),
      datos: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      en: Instante,
    },
    { title: 'Evento' },
  ),
)
