import { type Static, Type } from '@sinclair/typebox'
import type {
  Disputa,
  EstadoCobro,
  EstadoReembolsoDicho,
  MomentoPago,
  Sumas,
  TipoMovimiento,
} from './cobros.ts'
import { importeMaximo } from './importes.ts'

/** A charge as pagos tells it to pedidos: whole. Amounts in minor units, moments ISO 8601 in UTC. */
export interface CobroDicho extends Sumas {
  /** A told state that is no newer than what is known changes nothing. */
  version: number
  estado: EstadoCobro
  causa?: string
  metodo: string
  proveedor: string
  momento: MomentoPago
  importe: number
  moneda: string
  disputa?: Disputa
  /** When its session ends. */
  expiraEn?: string
  /** Until when stock is wanted for it. */
  apartarHasta?: string
  movimientos: {
    secuencia: number
    tipo: TipoMovimiento
    importe: number
    referencia: string
    en: string
  }[]
  reembolsos: { id: string; importe: number; estado: EstadoReembolsoDicho; referencia?: string }[]
}

type MovimientoDicho = CobroDicho['movimientos'][number]

/** @param en milliseconds since the epoch */
export const decirMovimiento = ({
  secuencia,
  tipo,
  importe,
  referencia,
  en,
}: Omit<MovimientoDicho, 'en'> & { readonly en: number }): MovimientoDicho => ({
  secuencia,
  tipo,
  importe,
  referencia,
  en: new Date(en).toISOString(),
})

const id = Type.String({ minLength: 1, examples: ['0198c0de-7f00-7000-8000-00000000002a'] })
const importe = Type.Integer({ minimum: 1, maximum: importeMaximo, examples: [1250] })

/** What pedidos then wants done with it. */
export const OrdenDeCobro = Type.Union([
  Type.Object({ tipo: Type.Literal('cerrar') }),
  Type.Object({ tipo: Type.Literal('capturar'), importe, clave: id }),
  Type.Object({
    tipo: Type.Literal('reembolsar'),
    reembolsoId: id,
    importe,
    motivo: Type.String({ examples: ['excedente'] }),
  }),
])
export type OrdenDeCobro = Static<typeof OrdenDeCobro>
