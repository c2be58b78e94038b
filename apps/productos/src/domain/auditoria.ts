import type { ApunteDe } from '@encargo/service-kit/audit/log'
import type { Impuesto } from './impuesto.ts'
import { type Autoria, type Cambios, camposProducto, type DatosProducto } from './producto.ts'

export const acciones = [
  'producto-creado',
  'producto-editado',
  'producto-archivado',
  'productos-importados',
  'impuesto-puesto',
] as const
type Apunte = ApunteDe<(typeof acciones)[number]>

const por = ({ usuarioId, ahora, direccion }: Autoria) => ({
  en: ahora,
  actorId: usuarioId,
  direccion,
})

export const apunteDeAlta = (id: string, { precio }: DatosProducto, autoria: Autoria): Apunte => ({
  ...por(autoria),
  accion: 'producto-creado',
  sujetoId: id,
  detalle: `precio ${precio}`,
})

/** Which fields, and of the price what it was and is: texts are long, and prices are what is asked about. */
export function apunteDeCambio(
  { id, precio }: { readonly id: string; readonly precio: number },
  cambios: Cambios,
  autoria: Autoria,
): Apunte {
  const campos = camposProducto
    .filter((campo) => campo in cambios)
    .map((campo) => (campo === 'precio' ? `precio ${precio} -> ${cambios.precio}` : campo))
  const accion = cambios.activo === false ? 'producto-archivado' : 'producto-editado'
  return { ...por(autoria), accion, sujetoId: id, detalle: campos.join(', ') }
}

/** One line for all of a file: the history of prices has each of its products. */
export const apunteDeImportacion = (
  { creados, actualizados }: { readonly creados: number; readonly actualizados: number },
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'productos-importados',
  detalle: `creados ${creados}, actualizados ${actualizados}`,
})

const escrita = ({ tasa, modo }: Impuesto) => (modo === 'incluido' ? `${tasa}` : `${tasa} ${modo}`)

/** @param antes what the class would have been from that moment on */
export const apunteDeImpuesto = (
  antes: Impuesto | undefined,
  despues: Impuesto,
  autoria: Autoria,
): Apunte => ({
  ...por(autoria),
  accion: 'impuesto-puesto',
  sujetoId: despues.codigo,
  detalle: `tasa ${antes ? `${escrita(antes)} -> ` : ''}${escrita(despues)}, desde ${new Date(despues.desde).toISOString()}`,
})
