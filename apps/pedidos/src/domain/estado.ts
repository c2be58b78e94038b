export const estados = ['Pendiente', 'Completado', 'Cancelado'] as const
export type Estado = (typeof estados)[number]
export type EstadoFinal = Exclude<Estado, 'Pendiente'>

/** What a Pendiente order has durably set out to become, and has not told inventario or not heard from it. */
export const propositosFinales = ['completar', 'cancelar', 'expirar'] as const
export type PropositoFinal = (typeof propositosFinales)[number]
/** With what it sets out for to go on: to keep its stock for good, or to get it anew. */
export const propositos = [...propositosFinales, 'asegurar', 'reapartar'] as const
export type Proposito = (typeof propositos)[number]
