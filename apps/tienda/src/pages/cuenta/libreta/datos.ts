import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../../api.ts'
import { useTextos } from '../../../textos/idioma.ts'
import { textoDeFallo } from '../../../textos/problemas.ts'
import { toast } from '../../../ui/toast.tsx'

export const opcionesDirecciones = () =>
  queryOptions({
    queryKey: ['direcciones'],
    queryFn: async ({ signal }) =>
      (await pedir(cliente().auth.me.direcciones.get(con(signal)))).datos,
  })
export type Direccion = Awaited<
  ReturnType<NonNullable<ReturnType<typeof opcionesDirecciones>['queryFn']>>
>[number]

export const opcionesFacturacion = () =>
  queryOptions({
    queryKey: ['facturacion'],
    queryFn: async ({ signal }) =>
      (await pedir(cliente().auth.me.facturacion.get(con(signal)))).datos,
  })
export type Facturacion = Awaited<
  ReturnType<NonNullable<ReturnType<typeof opcionesFacturacion>['queryFn']>>
>[number]

export const ponerFacturacion = (datos: Facturacion[]) =>
  pedir(cliente().auth.me.facturacion.put({ datos }))

/** Does something with what is kept, says that it is done, and reads it anew. */
export function useCambio(clave: 'direcciones' | 'facturacion', hecho: string) {
  const t = useTextos()
  const consultas = useQueryClient()
  return useMutation({
    mutationFn: (cambiar: () => Promise<unknown>) => cambiar(),
    onSuccess: () => toast(hecho),
    onError: (error) => toast(textoDeFallo(t, error), { tone: 'bad' }),
    onSettled: () => consultas.invalidateQueries({ queryKey: [clave] }),
  })
}
