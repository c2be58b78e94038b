import { useQuery } from '@tanstack/react-query'
import { insistente, motivoDe } from '../datos/insistir.ts'
import { opcionesDisponibles, opcionesPorIds, type Producto } from '../datos/productos.ts'
import { type Cesta, type LineaCesta, useCesta } from './cesta.ts'

/** A line of the basket beside what the shop says of it now. */
export interface LineaRevisada {
  readonly linea: LineaCesta
  /** Undefined while it is not known, or when there is no such product any more. */
  readonly producto: Producto | undefined
  readonly disponible: number | undefined
  readonly precio: number
  readonly problema: 'retirado' | 'falta' | undefined
  readonly precioCambio: boolean
}

export interface Revision {
  readonly lineas: readonly LineaRevisada[]
  /** In minor units, at the prices of now. */
  readonly total: number
  readonly moneda: string | undefined
  readonly correcta: boolean
  readonly preguntando: boolean
  readonly fallo: unknown
  readonly reintentar: () => void
}

interface Sabido {
  readonly productos: ReadonlyMap<string, Producto> | undefined
  readonly disponibles: ReadonlyMap<string, number> | undefined
}

export function revisar(cesta: Cesta, { productos, disponibles }: Sabido): LineaRevisada[] {
  return cesta.map((linea) => {
    const producto = productos?.get(linea.productoId)
    const disponible = disponibles?.get(linea.productoId)
    const retirado = productos !== undefined && producto?.activo !== true
    const falta = disponible !== undefined && disponible < linea.cantidad
    const precio = producto?.precio ?? linea.precioVisto
    const problema = retirado ? 'retirado' : falta ? 'falta' : undefined
    return {
      linea,
      producto,
      disponible,
      precio,
      problema,
      precioCambio: precio !== linea.precioVisto,
    }
  })
}

const totalDe = (lineas: readonly LineaRevisada[]) =>
  lineas.reduce((suma, { linea, precio }) => suma + precio * linea.cantidad, 0)

/** The basket as it would be bought now: prices and stock are asked again whenever it is looked at. */
export function useRevision(): Revision {
  const cesta = useCesta()
  const ids = cesta.map(({ productoId }) => productoId).toSorted()
  const enabled = ids.length > 0
  const productos = useQuery({ ...opcionesPorIds(ids), ...insistente, enabled, staleTime: 0 })
  const disponibles = useQuery({
    ...opcionesDisponibles(ids),
    ...insistente,
    enabled,
    staleTime: 0,
  })
  const lineas = revisar(cesta, { productos: productos.data, disponibles: disponibles.data })
  return {
    lineas,
    total: totalDe(lineas),
    moneda: lineas.find(({ producto }) => producto)?.producto?.moneda,
    correcta: lineas.every(({ problema }) => problema === undefined),
    preguntando: enabled && (productos.isPending || disponibles.isPending),
    fallo: motivoDe(productos) ?? motivoDe(disponibles),
    reintentar: () => {
      void productos.refetch()
      void disponibles.refetch()
    },
  }
}
