import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { paginaDeInventario } from '../existencias/datos.ts'

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refetchInterval = 30_000

/** What runs shortest, with the names that productos has for it, if it can be asked. */
export const opcionesBajoMinimo = () =>
  queryOptions({
    queryKey: ['existencias', 'bajo-minimo'],
    refetchInterval,
    queryFn: async ({ signal }) => {
      const query = { bajoMinimo: true, orden: 'disponible', limite: 6 } as const
      return (await paginaDeInventario(query, con(signal))).datos
    },
  })

/** How many products there are, and of how many there is too little. */
export const opcionesResumenExistencias = () =>
  queryOptions({
    queryKey: ['existencias', 'resumen'],
    refetchInterval,
    queryFn: ({ signal }) => pedir(cliente().inventario.inventario.resumen.get(con(signal))),
  })
