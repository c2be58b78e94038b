import type { Static } from '@sinclair/typebox'
import { esPersonal } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { type Cobro, proveedores } from '../domain/cobro.ts'
import type { MetodoPago } from '../domain/metodo.ts'
import { decirMovimiento } from '@encargo/service-kit/values/cobro-dicho'
import { tiposMovimiento } from '@encargo/service-kit/values/cobros'
import type { CobroEntero } from '../domain/registro.ts'
import type { Reembolso } from '../domain/reembolso.ts'
import type * as puerto from '../ports/cobros.ts'
import type {
  AjenoVisto,
  AvisoVisto,
  CobroVisto,
  EstadoDeReembolso,
  ReembolsoVisto,
} from './cobros-schemas.ts'

// What callers see of the domain.

const iso = (ms: number) => new Date(ms).toISOString()

/** Staff, and the program that sells: they see what happened to every charge. */
export const veTodo = (identidad: Identidad | null): boolean =>
  identidad !== null && (identidad.tipo === 'servicio' || esPersonal(identidad))

export const verDeLista = (cobro: Cobro) => ({
  id: cobro.id,
  pedidoId: cobro.pedidoId,
  numero: cobro.numero,
  metodo: cobro.metodo,
  proveedor: cobro.proveedor,
  momento: cobro.momento,
  estado: cobro.estado,
  causa: cobro.causa,
  importe: cobro.importe,
  moneda: cobro.moneda,
  url: cobro.url,
  expiraEn: iso(cobro.expiraEn),
  autorizado: cobro.autorizado,
  cobrado: cobro.cobrado,
  reembolsado: cobro.reembolsado,
  disputado: cobro.disputado,
  disputa: cobro.disputa,
  ultimoRechazo: cobro.ultimoRechazo,
  creadoEn: iso(cobro.creadoEn),
  actualizadoEn: iso(cobro.actualizadoEn),
})

const deReembolso = (uno: Reembolso) => ({
  id: uno.id,
  importe: uno.importe,
  motivo: uno.motivo,
  estado: uno.estado,
  referencia: uno.referencia,
  causa: uno.causa,
  ajeno: uno.ajeno,
  desde: iso(uno.desde),
})

/** The program that sells knows of those that it asked for, and what is still to be sent is on its way. */
const reembolsosPara = (identidad: Identidad | null, reembolsos: readonly Reembolso[]) =>
  identidad?.tipo === 'servicio'
    ? reembolsos.filter(({ ajeno }) => !ajeno).map((uno) => ({ ...uno, ...verEstado(uno) }))
    : reembolsos

export function verCobro(
  cobro: CobroEntero,
  identidad: Identidad | null,
  metodo?: Pick<MetodoPago, 'instrucciones'>,
): Static<typeof CobroVisto> {
  const instrucciones = metodo?.instrucciones
  const visto = { ...verDeLista(cobro), ...(instrucciones ? { instrucciones } : {}) }
  if (!veTodo(identidad)) return visto
  return {
    ...visto,
    version: cobro.version,
    apartarHasta: iso(cobro.apartarHasta),
    movimientos: cobro.movimientos.map(decirMovimiento),
    reembolsos: reembolsosPara(identidad, cobro.reembolsos).map(deReembolso),
  }
}

/** As the one who asked for it is told: what is still to be sent is on its way. */
export const verEstado = ({
  id,
  importe,
  estado,
}: Reembolso): Static<typeof EstadoDeReembolso> => ({
  id,
  importe,
  estado: estado === 'por-enviar' ? 'enviado' : estado,
})

export const verReembolso = (uno: puerto.ReembolsoVisto): Static<typeof ReembolsoVisto> => ({
  ...deReembolso(uno),
  cobroId: uno.cobroId,
  pedidoId: uno.pedidoId,
  numero: uno.numero,
  metodo: uno.metodo,
  proveedor: uno.proveedor,
  moneda: uno.moneda,
  actualizadoEn: iso(uno.actualizadoEn),
})

export const verAviso = (uno: puerto.Aviso): Static<typeof AvisoVisto> => ({
  id: `${uno.proveedor}:${uno.eventoId}`,
  proveedor: uno.proveedor,
  referencia: uno.referencia,
  estado: uno.estado,
  intentos: uno.intentos,
  recibidoEn: iso(uno.recibidoEn),
  proximaEn: uno.proximaEn === null ? null : iso(uno.proximaEn),
  error: uno.error,
})

/** What `stripe:captura:ch_1` names; its provider's name may have colons as well. */
export function deAjeno(id: string): puerto.Resolucion['cual'] | undefined {
  const [de, que, ...resto] = id.split(':')
  const proveedor = proveedores.find((uno) => uno === de)
  const tipo = tiposMovimiento.find((uno) => uno === que)
  return proveedor && tipo && { proveedor, tipo, referencia: resto.join(':') }
}

export const verAjeno = (uno: puerto.Ajeno): Static<typeof AjenoVisto> => ({
  id: `${uno.proveedor}:${uno.tipo}:${uno.referencia}`,
  proveedor: uno.proveedor,
  tipo: uno.tipo,
  referencia: uno.referencia,
  importe: uno.importe,
  moneda: uno.moneda,
  cobroId: uno.cobroId,
  en: iso(uno.en),
  resueltoEn: uno.resueltoEn === null ? null : iso(uno.resueltoEn),
  resolucion: uno.resolucion,
})
