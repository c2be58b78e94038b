import { useSyncExternalStore } from 'react'
import { local } from '../ui/browser-storage.ts'
import { createStore } from '../ui/store.ts'

/** A wish, with the price that the shopper saw; what it costs is asked again when it is looked at. */
export interface LineaCesta {
  readonly productoId: string
  readonly nombre: string
  readonly cantidad: number
  /** In the minor unit of the shop's currency. */
  readonly precioVisto: number
}
export type Cesta = readonly LineaCesta[]

const clave = 'encargo:cesta'
/** What one order may hold. */
export const lineasMaximas = 100
const cantidadMaxima = 1_000_000

function esLinea(valor: unknown): valor is LineaCesta {
  if (typeof valor !== 'object' || valor === null) return false
  const de = (nombre: string): unknown => Reflect.get(valor, nombre)
  const cantidad = de('cantidad')
  return (
    typeof de('productoId') === 'string' &&
    typeof de('nombre') === 'string' &&
    Number.isSafeInteger(de('precioVisto')) &&
    typeof cantidad === 'number' &&
    Number.isSafeInteger(cantidad) &&
    cantidad >= 1 &&
    cantidad <= cantidadMaxima
  )
}

/** What was stored, whoever wrote it; what is no basket of ours counts as empty. */
export function leerCesta(texto: string | null): Cesta {
  if (texto === null) return []
  try {
    const leido: unknown = JSON.parse(texto)
    return Array.isArray(leido) ? leido.filter(esLinea).slice(0, lineasMaximas) : []
  } catch {
    return []
  }
}

/** The same basket where there is no line left for it. */
export function conMas(cesta: Cesta, nueva: LineaCesta): Cesta {
  const previa = cesta.find(({ productoId }) => productoId === nueva.productoId)
  if (!previa) return cesta.length < lineasMaximas ? [...cesta, nueva] : cesta
  const cantidad = Math.min(cantidadMaxima, previa.cantidad + nueva.cantidad)
  return cesta.map((linea) => (linea === previa ? { ...nueva, cantidad } : linea))
}

/** A quantity of 0 takes the line out. */
export function conCantidad(cesta: Cesta, productoId: string, cantidad: number): Cesta {
  if (cantidad < 1) return cesta.filter((linea) => linea.productoId !== productoId)
  const final = Math.min(cantidadMaxima, cantidad)
  return cesta.map((linea) =>
    linea.productoId === productoId ? { ...linea, cantidad: final } : linea,
  )
}

const cesta = createStore<Cesta>([])

function guardar(nueva: Cesta): void {
  cesta.set(nueva)
  local.write(clave, nueva.length > 0 ? JSON.stringify(nueva) : null)
}

/** Reads what an earlier visit left, and follows what other tabs do. */
export function recordarCesta(): void {
  cesta.set(leerCesta(local.read(clave)))
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === clave) cesta.set(leerCesta(newValue))
  })
}

/** Answers whether it is in the basket now: one order holds only so many different products. */
export function anadirALaCesta(linea: LineaCesta): boolean {
  const nueva = conMas(cesta.get(), linea)
  if (nueva === cesta.get()) return false
  guardar(nueva)
  return true
}
export const cambiarCantidad = (productoId: string, cantidad: number) =>
  guardar(conCantidad(cesta.get(), productoId, cantidad))
export const vaciarCesta = () => guardar([])
/** The shopper knows the prices now. */
export const aceptarPrecios = (precios: ReadonlyMap<string, number>) =>
  guardar(
    cesta.get().map((linea) => ({
      ...linea,
      precioVisto: precios.get(linea.productoId) ?? linea.precioVisto,
    })),
  )

export const cestaActual = () => cesta.get()
export const useCesta = () => useSyncExternalStore(cesta.subscribe, cesta.get)
export const useUnidades = () => useCesta().reduce((suma, { cantidad }) => suma + cantidad, 0)
/** After the shop said what it can serve of it. */
export const cambiarCesta = (nueva: Cesta) => guardar(nueva)
