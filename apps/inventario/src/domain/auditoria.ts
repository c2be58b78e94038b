import type { ApunteDe } from '@encargo/service-kit/audit/log'
import type { Existencia } from './existencia.ts'
import type { TipoMovimiento } from './movimiento.ts'

/** What people do to the stock; what orders take and bring back stands in the ledger alone. */
export const acciones = [
  'existencia-abierta',
  'existencia-movida',
  'umbral-cambiado',
  'recuento-importado',
] as const
type Apunte = ApunteDe<(typeof acciones)[number]>

/** Who changes the stock, when and from which address. */
export interface Autoria {
  readonly usuarioId: string
  readonly ahora: number
  readonly direccion?: string | undefined
}

const por = ({ usuarioId, ahora, direccion }: Autoria) => ({
  en: ahora,
  actorId: usuarioId,
  direccion,
})

export const apunteDeAlta = (
  productoId: string,
  { cantidad, umbralMinimo }: { readonly cantidad: number; readonly umbralMinimo: number },
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'existencia-abierta',
  sujetoId: productoId,
  detalle: `fisico ${cantidad}, umbralMinimo ${umbralMinimo}`,
})

/** Without its reason, which is free text, and may be about anybody: the ledger has it. */
export const apunteDeMovida = (
  tipo: TipoMovimiento,
  antes: Existencia,
  despues: Existencia,
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'existencia-movida',
  sujetoId: antes.productoId,
  detalle: `${tipo}, fisico ${antes.fisico} -> ${despues.fisico}${
    despues.faltan === antes.faltan ? '' : `, faltan ${antes.faltan} -> ${despues.faltan}`
  }`,
})

export const apunteDeUmbral = (
  { productoId, umbralMinimo }: Existencia,
  nuevo: number,
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'umbral-cambiado',
  sujetoId: productoId,
  detalle: `umbralMinimo ${umbralMinimo} -> ${nuevo}`,
})

/** One line for all of a file: the ledger has what was counted of each of its products. */
export const apunteDeRecuento = (
  { creados, actualizados }: { readonly creados: number; readonly actualizados: number },
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'recuento-importado',
  detalle: `creados ${creados}, actualizados ${actualizados}`,
})
