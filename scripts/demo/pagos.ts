import type { Client } from '@encargo/client'
import type { Suceso } from './banco.ts'

// How the demo shop is paid.

type MetodoPago = { readonly codigo: string } & Parameters<
  ReturnType<Client['pagos']['metodos-pago']>['put']
>[0]

/** How an order is to be paid, and how far that has come. */
export interface PagoDemo {
  readonly metodo: 'efectivo' | 'transferencia' | 'contra-entrega' | 'tarjeta'
  /** What the shopper does at the bank's page, and what befalls it afterwards. */
  readonly enElBanco?: readonly Suceso[]
  /** What staff wrote down of money by hand; all of it where no amount is said. */
  readonly recibido?: { readonly referencia: string; readonly importe?: number }
}

/** The card is paid at the demo's own bank, which `dev` starts beside the shop. */
export const metodosPago: readonly MetodoPago[] = [
  {
    codigo: 'tarjeta',
    proveedor: 'externo',
    nombre: 'Tarjeta o vale (banco de prueba)',
    momento: 'antes',
    instrucciones: 'Es un banco de prueba de esta máquina: no se mueve dinero.',
    posicion: 1,
  },
  {
    codigo: 'transferencia',
    proveedor: 'manual',
    nombre: 'Transferencia bancaria',
    momento: 'antes',
    plazoSegundos: 259_200,
    instrucciones: 'Banco de Muestra, ahorros 000-123-456, a nombre de Bazar del Barranco.',
    posicion: 2,
  },
  {
    codigo: 'efectivo',
    proveedor: 'manual',
    nombre: 'Efectivo en la tienda',
    momento: 'antes',
    plazoSegundos: 86_400,
    instrucciones: 'Calle Larga y Bajada del Barranco, de lunes a sábado, de 9 a 19 h.',
    posicion: 3,
  },
  {
    codigo: 'contra-entrega',
    proveedor: 'manual',
    nombre: 'Efectivo al recibir, en Ecuador',
    momento: 'contra-entrega',
    maximo: 20_000,
    paises: ['EC'],
    posicion: 4,
  },
]
