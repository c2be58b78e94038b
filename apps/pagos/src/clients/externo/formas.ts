import { shape } from '@encargo/service-kit/peer/peer'
import { importeMaximo } from '@encargo/service-kit/values/importes'
import {
  disputas,
  estadosCobro,
  estadosReembolsoDicho,
  tiposMovimiento,
} from '@encargo/service-kit/values/cobros'
import { type Static, Type } from '@sinclair/typebox'
import { causasCierre } from '../../domain/cobro.ts'
import { ProveedorNoDisponible } from '../../ports/proveedor.ts'
import type { Verdad } from '../../domain/verdad.ts'

// The words of the protocol, version 1: docs/payments.md says what each means.

export const protocolo = 1

const Nombre = Type.String({ minLength: 1, maxLength: 255 })
const Importe = Type.Integer({ minimum: 1, maximum: importeMaximo })
const Segundos = Type.Integer({ minimum: 1, maximum: 30 * 86_400 })
/** As `Date.prototype.toISOString` writes it, with an offset or `Z`. */
const Momento = Type.String({
  pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$`,
})
const unoDe = <T extends string>(valores: readonly T[]) =>
  Type.Union(valores.map((valor) => Type.Literal(valor)))

const Descripcion = Type.Object({
  protocolo: Type.Integer(),
  nombre: Nombre,
  puede: Type.Object({
    redirigir: Type.Boolean(),
    autorizar: Type.Boolean(),
    cerrar: Type.Boolean(),
    reembolsarParte: Type.Boolean(),
    consultar: Type.Boolean(),
    listar: Type.Optional(Type.Boolean()),
  }),
  plazo: Type.Object({ minimo: Segundos, maximo: Segundos }),
  /** In which it takes money, ISO 4217; any, where it does not say. */
  monedas: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{3}$' }))),
  /** What it lets somebody try on it (`prueba.*`). */
  pruebas: Type.Optional(Type.Array(Type.String())),
})
export type Descripcion = Static<typeof Descripcion>
/** What every version says. */
export const tieneVersion = shape(Type.Object({ protocolo: Type.Integer() }))
export const esDescripcion = shape(Descripcion)

export const esSesion = shape(
  Type.Object({
    referencia: Nombre,
    url: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 4096 })),
    expiraEn: Type.Optional(Momento),
  }),
)

const VerdadEscrita = Type.Object({
  estado: unoDe(estadosCobro.filter((uno) => uno !== 'creado')),
  causa: Type.Optional(unoDe(causasCierre)),
  moneda: Type.String({ pattern: '^[A-Z]{3}$' }),
  cobroId: Type.Optional(Nombre),
  expiraEn: Type.Optional(Momento),
  movimientos: Type.Array(
    Type.Object({
      tipo: unoDe(tiposMovimiento),
      importe: Importe,
      referencia: Nombre,
      en: Momento,
    }),
  ),
  reembolsos: Type.Array(
    Type.Object({
      referencia: Nombre,
      clave: Type.Optional(Nombre),
      importe: Importe,
      estado: unoDe(estadosReembolsoDicho),
    }),
  ),
  disputa: Type.Optional(unoDe(disputas)),
  ultimoRechazo: Type.Optional(Type.String({ maxLength: 255 })),
})
export const esVerdad = shape(VerdadEscrita)

export const esRechazo = shape(
  Type.Object({
    codigo: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
    mensaje: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
)

export const esLista = shape(
  Type.Object({
    referencias: Type.Array(Nombre, { maxItems: 1000 }),
    siguiente: Type.Optional(Nombre),
  }),
)

export const esAviso = shape(
  Type.Object({ type: Type.String(), data: Type.Object({ referencia: Type.Optional(Nombre) }) }),
)

export function momento(texto: string): number {
  const ms = Date.parse(texto)
  if (!Number.isNaN(ms)) return ms
  throw new ProveedorNoDisponible(`externo says ${texto}, which is no moment`)
}

const quizaMomento = (texto: string | undefined) =>
  texto === undefined ? undefined : momento(texto)

export function verdadDe(escrita: Static<typeof VerdadEscrita>): Verdad {
  const { estado, causa, moneda, cobroId, disputa, ultimoRechazo } = escrita
  return {
    estado,
    causa,
    moneda,
    cobroId,
    expiraEn: quizaMomento(escrita.expiraEn),
    movimientos: escrita.movimientos.map(({ tipo, importe, referencia, en }) => ({
      tipo,
      importe,
      referencia,
      en: momento(en),
    })),
    reembolsos: escrita.reembolsos.map(({ referencia, clave, importe, estado: suyo }) => ({
      referencia,
      clave,
      importe,
      estado: suyo,
    })),
    disputa,
    ultimoRechazo,
  }
}
