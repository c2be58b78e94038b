import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refetchInterval = 30_000
const cuantas = 6

/** What runs shortest, with the names that productos has for it, if it can be asked. */
async function pedirBajoMinimo(signal: AbortSignal) {
  const query = { bajoMinimo: true, orden: 'disponible', limite: cuantas } as const
  const { datos } = await pedir(cliente().inventario.inventario.get({ query, ...con(signal) }))
  const ids = datos.map(({ productoId }) => productoId).join(',')
  const productos =
    ids === ''
      ? []
      : await pedir(cliente().productos.productos.get({ query: { ids }, ...con(signal) })).then(
          (pagina) => pagina.datos,
          () => [],
        )
  const nombres = new Map(productos.map(({ id, nombre }) => [id, nombre]))
  return datos.map((una) => ({ ...una, nombre: nombres.get(una.productoId) ?? null }))
}

export const opcionesBajoMinimo = () =>
  queryOptions({
    queryKey: ['existencias', 'bajo-minimo'],
    refetchInterval,
    queryFn: ({ signal }) => pedirBajoMinimo(signal),
  })

/** How many products there are, and of how many there is too little. */
export const opcionesResumenExistencias = () =>
  queryOptions({
    queryKey: ['existencias', 'resumen'],
    refetchInterval,
    queryFn: ({ signal }) => pedir(cliente().inventario.inventario.resumen.get(con(signal))),
  })
