import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'

/** What every class of tax was, is and will be, the latest first. */
export const opcionesImpuestos = () =>
  queryOptions({
    queryKey: ['impuestos'],
    queryFn: async ({ signal }) => {
      const query = { historial: true }
      return (await pedir(cliente().productos.impuestos.get({ query, ...con(signal) }))).datos
    },
  })
export type Impuesto = Awaited<
  ReturnType<NonNullable<ReturnType<typeof opcionesImpuestos>['queryFn']>>
>[number]

export async function ponerImpuesto(
  consultas: QueryClient,
  codigo: string,
  cambio: Pick<Impuesto, 'nombre' | 'tasa' | 'modo'> & { readonly desde?: string },
): Promise<Impuesto> {
  const puesto = await pedir(cliente().productos.impuestos({ codigo }).put(cambio))
  await consultas.invalidateQueries({ queryKey: ['impuestos'] })
  return puesto
}
