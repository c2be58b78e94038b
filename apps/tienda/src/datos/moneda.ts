import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'

/** The shop's one currency, known from the first product that is seen. */
const moneda = createStore('USD')

export function saberMoneda(productos: readonly { readonly moneda: string }[]): void {
  const [primero] = productos
  if (primero) moneda.set(primero.moneda)
}

export const useMoneda = () => useSyncExternalStore(moneda.subscribe, moneda.get)
