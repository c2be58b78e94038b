import type { CobroPorAbrir, Proveedor } from '../../apps/pagos/src/ports/proveedor.ts'

// What the cases are tried on: a provider, and somebody who is at once its shopper, its bank and its bad
// luck. Moments are milliseconds since the epoch, money integers in minor units.

/** How its API misbehaves. */
export const averias = [
  'ocupado',
  'falla',
  'html',
  'redirige',
  'basura',
  'trunca',
  'enorme',
  'calla',
  'calla-tras-efecto',
  'sin-permiso',
] as const
/**
 * `ocupado`: 429 with `Retry-After: 7`. `falla`: 500. `html`: 200 with a page. `redirige`: 302 to elsewhere.
 * `basura`: JSON of no use. `trunca`: half an answer. `enorme`: an answer without end. `calla`: none, and
 * `calla-tras-efecto`: none, but what was asked is done. `sin-permiso`: 401.
 */
export type Averia = (typeof averias)[number]

/** Whose key a notice is signed with: the one in use, the one before it, or a stranger's. */
export type Llave = 'actual' | 'anterior' | 'ajena'

/** A notice as it reaches `POST /avisos/:proveedor`. */
export interface AvisoEnviado {
  readonly headers: Headers
  readonly cuerpo: Uint8Array
  readonly url: URL
}

/** What there is of a provider; where something is not, the cases look at what it says instead. */
export interface Hace {
  /** It is asked over a network. */
  readonly red: boolean
  readonly avisos: boolean
  /** An attempt to pay may be declined, and another made. */
  readonly rechazos: boolean
  /** A voucher is printed and paid later. */
  readonly vales: boolean
  /** Banks take money back. */
  readonly disputas: boolean
  /** A refund that was taken on may fail afterwards. */
  readonly reembolsosFallidos: boolean
}

/**
 * One provider for one case. `referencia` is what `abrir` gave. Each act rejects where it can't be done,
 * such as paying what is closed.
 */
export interface Banco {
  readonly proveedor: Proveedor
  readonly hace: Hace
  readonly ahora: () => number
  /** In which the cases charge where it does not matter. */
  readonly moneda: string

  readonly pagar: (referencia: string) => Promise<void>
  readonly rechazar: (referencia: string) => Promise<void>
  /** The session's time is over. */
  readonly vencer: (referencia: string) => Promise<void>
  readonly imprimirVale: (referencia: string) => Promise<void>
  readonly pagarVale: (referencia: string) => Promise<void>
  readonly vencerVale: (referencia: string) => Promise<void>
  /** What is under way of its refunds arrives. */
  readonly cumplirReembolsos: (referencia: string) => Promise<void>
  /** What was given back of it comes back. */
  readonly fallarReembolso: (referencia: string) => Promise<void>
  readonly disputar: (referencia: string) => Promise<void>
  readonly fallarDisputa: (referencia: string, fallo: 'ganada' | 'perdida') => Promise<void>
  /** Something paid there that is no charge of ours, in another currency; answers its name. */
  readonly ajena: (cobro: CobroPorAbrir) => Promise<string>
  /** How many sessions it holds for a charge. */
  readonly sesiones: (cobroId: string) => Promise<number>

  /** From now on, until `sanar`, each call of its API ends so. */
  readonly estropear: (averia: Averia) => Promise<void>
  readonly sanar: () => Promise<void>

  /** What it told of a charge so far, oldest first. */
  readonly avisos: (referencia: string) => Promise<readonly AvisoEnviado[]>
  /** What it tells of something that is no business of a charge. */
  readonly avisoSinInteres: () => Promise<AvisoEnviado>
  /** The same, about something else, under the signature that it has. */
  readonly alterar: (aviso: AvisoEnviado) => AvisoEnviado
  /** The same, signed anew by all of `por` that fit into its signature, the last first. */
  readonly firmar: (
    aviso: AvisoEnviado,
    como: { readonly por: readonly Llave[]; readonly en: number },
  ) => Promise<AvisoEnviado>

  readonly cerrar: () => Promise<void>
}

/** One thing that every provider has to be right about. */
export interface Caso {
  /** A sentence about the provider. */
  readonly nombre: string
  /** Rejects with what was expected and what was seen. */
  readonly run: (banco: Banco) => Promise<void>
}
