import type { Identidad, Rol, Scope } from './tokens.ts'

/** Who may call a route. A caller needs one of the roles, or one of the scopes. */
export interface Regla {
  readonly roles: readonly Rol[]
  readonly scopes: readonly Scope[]
  /** Of the owner of an account: no guest may. */
  readonly conCuenta?: true
}

const personal = ['operador', 'admin'] as const
/** Of who takes the money for orders; the first is what it was called before. */
const deCobro = ['pedidos:completar', 'pedidos:cobrar'] as const

/**
 * The one place that says who may do what; routes name a line of it. What depends on the resource
 * (its owner) or on the body (`completar`) is decided in the domain on top of it.
 */
export const reglas = {
  usuario: { roles: ['cliente', ...personal], scopes: [] },
  cuenta: { roles: ['cliente', ...personal], scopes: [], conCuenta: true },
  personal: { roles: personal, scopes: [] },
  admin: { roles: ['admin'], scopes: [] },
  'leer-usuarios': { roles: personal, scopes: ['usuarios:leer'] },
  reservar: { roles: [], scopes: ['inventario:reservar'] },
  // Whoever sells tells staff of what is running out.
  'leer-existencias': { roles: personal, scopes: ['inventario:reservar'] },
  'leer-reservas': { roles: personal, scopes: ['inventario:reservar'] },
  // Whoever completes orders sees which, and nothing else.
  'leer-pedidos': { roles: ['cliente', ...personal], scopes: deCobro },
  // What happened to money, by who takes it.
  'cobrar-pedido': { roles: [], scopes: ['pedidos:cobrar'] },
  'cambiar-pedido': { roles: ['cliente', ...personal], scopes: deCobro },
  'leer-cobros': { roles: ['cliente', ...personal], scopes: ['pagos:mandar'] },
  'cerrar-cobros': { roles: personal, scopes: ['pagos:mandar'] },
  // Which refunds there are, orders say.
  reembolsar: { roles: [], scopes: ['pagos:mandar'] },
  'leer-eventos': { roles: [], scopes: ['eventos:leer'] },
} as const satisfies Record<string, Regla>

export type NombreRegla = keyof typeof reglas

export function permite(regla: Regla, identidad: Identidad): boolean {
  return identidad.tipo === 'usuario'
    ? regla.roles.includes(identidad.rol) && !(regla.conCuenta && identidad.invitado)
    : identidad.scopes.some((scope) => regla.scopes.includes(scope))
}

/** Staff of the shop: they see and do what belongs to others. */
export function esPersonal(identidad: Identidad): boolean {
  return identidad.tipo === 'usuario' && identidad.rol !== 'cliente'
}
