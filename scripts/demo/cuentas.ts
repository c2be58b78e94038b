/**
 * The demo accounts. Their passwords are public, in this file and on the screen of `dev`, so they
 * exist in `dev` only: `start` never creates them. The domain is reserved for examples (RFC 2606)
 * and no mail can ever reach it.
 */
export interface CuentaDemo {
  readonly email: string
  readonly password: string
  readonly nombre: string
  readonly rol: 'cliente' | 'operador' | 'admin'
  /** E.164. */
  readonly telefono?: string
}

export const cuentas = {
  /** Shops; owns most of the sample orders. */
  cliente: {
    email: 'cliente@encargo.example',
    password: 'mote-pillo-con-nata-7',
    nombre: 'Lucía Andrade',
    rol: 'cliente',
    telefono: '+593990000101',
  },
  /** Keeps the catalogue and the stock, completes orders. */
  operador: {
    email: 'operador@encargo.example',
    password: 'farol-del-barranco-42',
    nombre: 'Mateo Cárdenas',
    rol: 'operador',
    telefono: '+593990000102',
  },
  /** Never registered: auth creates it from `ADMIN_EMAIL` and `ADMIN_PASSWORD`, which `dev` sets to these. */
  admin: {
    email: 'admin@encargo.example',
    password: 'siete-llaves-de-laton',
    nombre: 'Administración',
    rol: 'admin',
  },
} as const satisfies Record<'cliente' | 'operador' | 'admin', CuentaDemo>
