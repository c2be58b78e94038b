interface Encargado {
  readonly id: string
  readonly metodo: string
}

let encargado: Encargado | undefined

/**
 * The page of this order that opens next asks for its charge by itself, once. Kept in memory alone: whoever
 * comes back to that page, or loads it again, is sent nowhere without having pressed anything.
 */
export const encargarCobro = (id: string, metodo: string): void => {
  encargado = { id, metodo }
}

/** The way to pay that was chosen for this order a moment ago, told once. */
export function tomarEncargado(id: string): string | undefined {
  if (encargado?.id !== id) return undefined
  const { metodo } = encargado
  encargado = undefined
  return metodo
}
