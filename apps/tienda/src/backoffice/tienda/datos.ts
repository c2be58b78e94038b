import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { cliente, con } from '../../api.ts'
import { caraDe } from '../../cara/dicha.ts'
import { cambiarCara } from '../../cara/de-la-pagina.ts'
import { ponerColores } from '../../cara/poner-colores.ts'
import { opcionesTienda } from '../../datos/tienda.ts'
import { type AlAvanzar, cuerpoSeguido } from '../../formularios/subida.ts'
import { pedirConVersion } from '../datos/version.ts'
import type { Cambios } from './forma.ts'

const tienda = () => cliente().auth.tienda

export const leerTienda = (signal?: AbortSignal) =>
  pedirConVersion(tienda().get(signal && con(signal)))

/** The shop as it was read: whoever saves it says which state was seen. */
export type Leida = Awaited<ReturnType<typeof leerTienda>>

export const opcionesLeida = () =>
  queryOptions({
    queryKey: ['tienda', 'leida'],
    // What is being edited does not change under the hands of who edits it.
    staleTime: Infinity,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => leerTienda(signal),
  })

/** Changes the shop unless it is no longer the version that was read. */
export const guardarTienda = (cambios: Cambios, version: string): Promise<Leida> =>
  pedirConVersion(tienda().patch(cambios, { headers: { 'if-match': version } }))

export const usos = ['logo', 'icono', 'portada'] as const
export type Uso = (typeof usos)[number]

export function subirImagen(uso: Uso, imagen: File, alAvanzar: AlAvanzar): Promise<Leida> {
  const { fetch, tipo } = cuerpoSeguido(imagen, imagen.type, alAvanzar)
  return pedirConVersion(tienda().imagenes({ uso }).put(undefined, { headers: tipo, fetch }))
}

export const quitarImagen = (uso: Uso): Promise<Leida> =>
  pedirConVersion(tienda().imagenes({ uso }).delete())

/** After a change: this page shows the shop as it is now, and others do when they are loaded. */
export function recordarLeida(consultas: QueryClient, leida: Leida): void {
  consultas.setQueryData(opcionesLeida().queryKey, leida)
  consultas.setQueryData(opcionesTienda().queryKey, leida.datos)
  const cara = caraDe(leida.datos)
  cambiarCara(cara)
  ponerColores(cara.colores)
}
