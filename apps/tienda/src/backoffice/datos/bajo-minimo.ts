import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

const cuantas = 50

/** What is to be bought, with the names that productos has for it, if it can be asked. */
async function pedirBajoMinimo(signal: AbortSignal) {
  const query = { bajoMinimo: true, limite: cuantas }
  const { datos, siguiente } = await pedir(
    cliente().inventario.inventario.get({ query, ...con(signal) }),
  )
  const ids = datos.map(({ productoId }) => productoId).join(',')
  const productos =
    ids === ''
      ? []
      : await pedir(cliente().productos.productos.get({ query: { ids }, ...con(signal) })).then(
          (pagina) => pagina.datos,
          () => [],
        )
  const nombres = new Map(productos.map(({ id, nombre }) => [id, nombre]))
  return {
    hayMas: siguiente !== null,
    datos: datos.map((una) => ({ ...una, nombre: nombres.get(una.productoId) ?? null })),
  }
}

export const opcionesBajoMinimo = () =>
  queryOptions({
    queryKey: ['existencias', 'bajo-minimo'],
    refetchInterval: 30_000,
    queryFn: ({ signal }) => pedirBajoMinimo(signal),
  })
