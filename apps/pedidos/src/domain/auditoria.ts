import type { ApunteDe } from '@encargo/service-kit/audit/log'

export const acciones = [
  'cupon-creado',
  'cupon-editado',
  'metodo-creado',
  'metodo-editado',
  'ajustes-cambiados',
  'pedido-conservado',
  'pedido-forzado',
] as const

/** Who changes what the shop offers, and from which address; nobody: the operator at the machine. */
export interface Autor {
  readonly actorId?: string
  readonly direccion?: string | undefined
}

type Apunte = ApunteDe<(typeof acciones)[number]>

/** A line on what is known by a code: in lower case, as everything is looked up in the log. */
export const apunteDe = (
  accion: Apunte['accion'],
  codigo: string,
  { en, por, detalle }: { readonly en: number; readonly por: Autor; readonly detalle?: string },
): Apunte => ({
  en,
  accion,
  sujetoId: codigo.toLowerCase(),
  direccion: por.direccion,
  detalle,
  ...(por.actorId === undefined ? {} : { actorId: por.actorId }),
})
