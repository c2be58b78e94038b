import { queryOptions } from '@tanstack/react-query'
import { con, pedir, visitante } from '../api.ts'

/** All that the shop says of itself: its terms are too long to come with every page. */
export const opcionesTienda = () =>
  queryOptions({
    queryKey: ['tienda', 'dicha'],
    queryFn: ({ signal }) => pedir(visitante().auth.tienda.get(con(signal))),
  })
