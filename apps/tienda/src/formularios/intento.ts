import { type AnyProblem, isRetryable, newKey } from '@encargo/client'
import { useState } from 'react'
import { problemaDe } from '../api.ts'

/** Whether the service will answer the same to the same key again: then another attempt needs another. */
function esDefinitivo(problema: AnyProblem): boolean {
  if (isRetryable(problema) || problema.status >= 500) return false
  const { codigo } = problema
  return codigo !== 'cancelada' && codigo !== 'desconocido' && codigo !== 'no-autenticado'
}

/**
 * Gives each attempt to do something its `Idempotency-Key`: the same one for as long as it is not
 * known what came of it and what is asked for stays the same, so that nothing is booked twice.
 */
export class Intento {
  #pendiente: { readonly contenido: string; readonly clave: string } | undefined
  readonly #nuevaClave: () => string

  constructor(nuevaClave: () => string = newKey) {
    this.#nuevaClave = nuevaClave
  }

  /** Does `hacer` with the key of this attempt; what it throws is thrown on. */
  async hacer<T>(peticion: unknown, hacer: (clave: string) => Promise<T>): Promise<T> {
    const contenido = JSON.stringify(peticion)
    if (this.#pendiente?.contenido !== contenido) {
      this.#pendiente = { contenido, clave: this.#nuevaClave() }
    }
    try {
      const hecho = await hacer(this.#pendiente.clave)
      this.#pendiente = undefined
      return hecho
    } catch (error) {
      const problema = problemaDe(error)
      if (problema && esDefinitivo(problema)) this.#pendiente = undefined
      throw error
    }
  }
}

/** The attempts of one form. */
export function useIntento(): Intento {
  const [intento] = useState(() => new Intento())
  return intento
}
