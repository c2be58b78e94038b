import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { saberMoneda } from '../../datos/moneda.ts'

/** Some of what is for sale whose name or SKU has these words, to choose from. */
export const opcionesArticulos = (q: string) =>
  queryOptions({
    queryKey: ['productos', 'articulos', q],
    enabled: q !== '',
    staleTime: 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { q, limite: 8 }
      const { datos } = await pedir(cliente().productos.productos.get({ query, ...con(signal) }))
      saberMoneda(datos)
      return datos
    },
  })
