import type { ApunteDe } from '@encargo/service-kit/audit/log'

/** What people do here; what providers do stands in the movements. */
export const acciones = [
  'metodo-pago-creado',
  'metodo-pago-editado',
  'cobro-creado',
  'cobro-cerrado',
  'cobro-capturado',
  'reembolso-cerrado',
  'aviso-reintentado',
  'ajeno-resuelto',
] as const
export type Accion = (typeof acciones)[number]

/** Who does something, when and from which address. */
export interface Autoria {
  readonly actorId: string
  readonly ahora: number
  readonly direccion: string | undefined
}

export const apunteDe = (
  accion: Accion,
  sujetoId: string,
  { actorId, ahora, direccion }: Autoria,
  detalle?: string,
): ApunteDe<Accion> => ({ en: ahora, accion, actorId, sujetoId, direccion, detalle })
