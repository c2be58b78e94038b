import { useRef, useState } from 'react'

interface Fila<T> {
  /** Stays its own while others come and go. */
  readonly clave: number
  readonly dato: T
  /** Added here: one goes on in it. */
  readonly nueva: boolean
}

/** The rows of a list in a form, which grows and shrinks. */
export function useFilas<T>(inicial: readonly T[]) {
  const ultima = useRef(inicial.length)
  const mas = useRef<HTMLButtonElement>(null)
  const [filas, setFilas] = useState<readonly Fila<T>[]>(() =>
    inicial.map((dato, clave) => ({ clave, dato, nueva: false })),
  )
  return {
    filas,
    /** For the button that adds one. */
    mas,
    anadir(dato: T) {
      ultima.current += 1
      setFilas([...filas, { clave: ultima.current, dato, nueva: true }])
    },
    quitar(clave: number) {
      setFilas(filas.filter((una) => una.clave !== clave))
      // The button that was pressed is gone with its row.
      mas.current?.focus()
    },
  }
}
