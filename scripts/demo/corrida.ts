import type { Client } from '@encargo/client'
import type { BancoDemo } from './banco.ts'

/** How many requests run at the same time. */
export const CONCURRENCY = 8

export interface Recuento {
  creados: number
  existentes: number
  /** What somebody has changed since, or what depends on it. */
  omitidos: number
}

export interface SeedReport {
  readonly cuentas: Recuento
  readonly tienda: Recuento
  /** Taxes, shipping methods, the coupon, the settings of mails, and ways to pay. */
  readonly venta: Recuento
  /** What the customer keeps: addresses and invoice data. */
  readonly libreta: Recuento
  readonly productos: Recuento
  readonly existencias: Recuento
  readonly pedidos: Recuento
}

export interface SeedOptions {
  /** A client of the services in which nobody is logged in yet. */
  readonly newClient: () => Client
  /** The first admin, who makes the demo operator an operator. */
  readonly admin: { readonly email: string; readonly password: string }
  /** Takes one line of progress, in English, for the developer's screen. */
  readonly report: (line: string) => void
  /** Where the demo's cards are paid with; without it the shop has no ways to pay, and no orders with any. */
  readonly banco?: BancoDemo | undefined
  /** Leave out the sample orders. */
  readonly sinPedidos?: boolean
}

export interface Corrida extends Omit<SeedOptions, 'admin'> {
  readonly resultado: SeedReport
  /** The admin, who logs in when first needed. */
  readonly admin: () => Promise<Persona>
}

/** Somebody who is logged in. */
export interface Persona {
  readonly client: Client
  readonly id: string
  readonly rol: string
  readonly emailConfirmado: boolean
}

export type Compradores = Readonly<Record<'cliente' | 'operador', Persona>>
