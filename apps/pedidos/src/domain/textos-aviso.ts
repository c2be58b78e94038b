import type { TipoIdentificacion } from '@encargo/service-kit/values/identificacion'
import type { TipoAviso } from './aviso.ts'
import type { Idioma } from './condiciones.ts'
import { english } from './textos-aviso-en.ts'
import { spanish } from './textos-aviso-es.ts'

/** What a text can name; moments and amounts as they are read. */
export interface Dicho {
  /** The shop's name, where it has said one. */
  readonly tienda: string | null
  readonly numero: number
  readonly total: string
  /** What of it is still missing. */
  readonly porPagar: string
  /** What was paid and not given back. */
  readonly cobrado: string
  /** What comes back to who paid it; null where nothing is known to have been paid. */
  readonly devuelto: string | null
  /** What the mail itself is about: a refund, say. */
  readonly importe: string
  /** Null where its stock waits for nobody. */
  readonly vence: string | null
  /** Why it was cancelled, where a person said why. */
  readonly motivo: string | null
  /** It was cancelled because nobody completed it in time. */
  readonly caducado: boolean
  /** It was handed over as soon as it was bought. */
  readonly enMostrador: boolean
  readonly plazoDias: number | null
  readonly instrucciones: string
  readonly cuantas: number
}

interface Textos {
  readonly asunto: (dicho: Dicho) => string
  readonly parrafos: (dicho: Dicho) => readonly string[]
}

export interface Lengua {
  readonly mensajes: Readonly<Record<TipoAviso, Textos>>
  readonly subtotal: string
  readonly descuento: (cupon: string | null) => string
  readonly envio: string
  readonly impuesto: (tasa: string) => string
  readonly total: string
  readonly entrega: string
  readonly retiro: string
  readonly factura: string
  readonly documentos: Readonly<Record<TipoIdentificacion, string>>
  readonly contacto: string
  readonly verPedido: string
  readonly verEnGestion: string
  readonly quedan: (cuantas: number) => string
}

export const textosAviso: Readonly<Record<Idioma, Lengua>> = { es: spanish, en: english }
