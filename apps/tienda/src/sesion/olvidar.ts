import type { Query, QueryClient } from '@tanstack/react-query'

/** What of the catalogue anybody is answered alike; staff is also answered other things. */
const deTodos = new Set<unknown>(['lista', 'categorias', 'uno', 'ids'])

const esDeAlguien = ({ queryKey: [area, parte] }: Query) =>
  !(area === 'yo' || area === 'disponibles' || (area === 'productos' && deTodos.has(parte)))

/** Forgets what was answered to whoever was logged in: it is not for whoever comes next. */
export function olvidarPersona(consultas: QueryClient): void {
  consultas.removeQueries({ predicate: esDeAlguien })
  // The header is always there and asks who it is, so this one is asked anew.
  void consultas.resetQueries({ queryKey: ['yo'] })
}
