import { local } from '../../ui/browser-storage.ts'

/** By what somebody gets at an order: its link, or because they are signed in and it is theirs. */
export type Acceso =
  { readonly tipo: 'enlace'; readonly token: string } | { readonly tipo: 'cuenta' }

export const cuenta: Acceso = { tipo: 'cuenta' }

const clave = 'encargo:enlaces'
/** Vouchers are paid within a month; who comes back later has the mail. */
const duraMs = 35 * 24 * 60 * 60 * 1000
const maximo = 10

interface Guardado {
  readonly id: string
  readonly token: string
  readonly en: number
}

function leer(): readonly Guardado[] {
  try {
    const leido: unknown = JSON.parse(local.read(clave) ?? '[]')
    return Array.isArray(leido) ? leido.filter(esGuardado) : []
  } catch {
    return []
  }
}

function esGuardado(uno: unknown): uno is Guardado {
  if (typeof uno !== 'object' || uno === null) return false
  const { id, token, en }: { id?: unknown; token?: unknown; en?: unknown } = uno
  return typeof id === 'string' && typeof token === 'string' && typeof en === 'number'
}

/**
 * Keeps the link of an order that somebody is about to pay elsewhere, for when they come back, in whatever
 * tab: the address that they come back to names the order, and nothing that opens it.
 */
export function guardarEnlace(id: string, token: string, ahora = Date.now()): void {
  const otros = leer().filter((uno) => uno.id !== id && ahora - uno.en < duraMs)
  const todos = [{ id, token, en: ahora }, ...otros].slice(0, maximo)
  local.write(clave, JSON.stringify(todos))
}

export const enlaceDe = (id: string, ahora = Date.now()): string | undefined =>
  leer().find((uno) => uno.id === id && ahora - uno.en < duraMs)?.token
