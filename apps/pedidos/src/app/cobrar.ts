import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { admiteCobro } from '../domain/cobranza/cuenta.ts'
import { cuentaDe, margenDe, reservaDe } from '../domain/cobranza/de-pedido.ts'
import { decidir } from '../domain/cobranza/decidir.ts'
import { margenMs } from '../domain/cobranza/espera.ts'
import { idDeCaptura } from '../domain/identidad-pedido.ts'
import { type Pedido, plazoMaximoMs } from '../domain/pedido.ts'
import type { CobroDicho } from '../ports/cobranza.ts'
import { type Deps, graciaMs } from './deps.ts'
import { finDe } from './obligaciones/terminar-pedido.ts'

export interface Noticia {
  readonly pedidoId: string
  readonly cobro: CobroDicho
  /** Until when its stock is wanted. */
  readonly apartarHasta: number | undefined
}

export type Cobrado =
  | { readonly tipo: 'hecho'; readonly pedido: Pedido; readonly ordenes: readonly OrdenDeCobro[] }
  | { readonly tipo: 'no-encontrado' | 'no-cobrable' }

/**
 * Takes in what pagos tells of a charge. Before a new one is written, and as long as money may come of it,
 * the order's stock is held for as long as it takes; who dies in between leaves it held for longer, and is
 * told again.
 *
 * @throws PeerUnavailableError, PeerProtocolError; nothing was written then
 */
export async function cobrar(deps: Deps, noticia: Noticia, call: CallContext): Promise<Cobrado> {
  const { store, clock } = deps
  const { pedidoId, cobro } = noticia
  const pedido = await store.porId(pedidoId)
  if (!pedido) return { tipo: 'no-encontrado' }
  const previo = pedido.cobranza?.cobros.find(({ id }) => id === cobro.id)
  if (previo && previo.version >= cobro.version) return hecho(pedido, cobro.id)
  if (!previo && !admiteCobro(cuentaDe(pedido), cobro.importe)) return { tipo: 'no-cobrable' }
  const expiraEn = await apartar(deps, pedido, noticia, call)
  // Its stock is gone, though nobody has said so yet.
  if (expiraEn === 'cerrada' && !previo) return { tipo: 'no-cobrable' }
  const ahora = clock.epochMs()
  const anotado = await store.anotarCobro({
    numero: pedido.numero,
    cobro,
    expiraEn: expiraEn === 'cerrada' ? undefined : expiraEn,
    ahora,
    // What is told in the answer, pagos does by itself.
    proximaEn: ahora + graciaMs,
    traza: call.traceId,
  })
  if (anotado === 'ajeno' || anotado === 'no-cobrable') return { tipo: 'no-cobrable' }
  const despues = await store.porId(pedidoId)
  if (!despues) return { tipo: 'no-encontrado' }
  // What it has set out for by this, such as to keep its stock now that it is paid.
  if (despues.intencion && !pedido.intencion) deps.enseguida(finDe(despues, despues.intencion))
  return hecho(despues, cobro.id)
}

/** Until when its stock is held from now on, where that is later than before. */
async function apartar(
  { reservas, clock }: Deps,
  pedido: Pedido,
  { cobro, apartarHasta }: Noticia,
  call: CallContext,
): Promise<number | 'cerrada' | undefined> {
  const { estado, intencion, cobranza, expiraEn } = pedido
  const enPlazo =
    estado === 'Pendiente' && !intencion && (cobranza?.apartado ?? 'plazo') === 'plazo'
  if (!enPlazo || !esperaDinero(cobro)) return undefined
  const ahora = clock.epochMs()
  const hasta = Math.min(apartarHasta ?? expiraEn, ahora + plazoMaximoMs - margenMs)
  if (hasta <= expiraEn && margenDe(pedido) > 0) return undefined
  // The first charge needs the margin, though the order may last no longer.
  const margen = Math.min(Math.max(hasta, expiraEn) + margenMs, ahora + plazoMaximoMs)
  const prorrogada = await reservas.prorrogar(reservaDe(pedido), margen, call)
  if (prorrogada.tipo === 'cerrada') return 'cerrada'
  return hasta > expiraEn ? hasta : undefined
}

/** The order as it is, and all that is outstanding for this charge. */
function hecho(pedido: Pedido, cobroId: string): Cobrado {
  const { cerrar, capturar } = decidir(cuentaDe(pedido))
  const ordenes: OrdenDeCobro[] = cerrar.includes(cobroId) ? [{ tipo: 'cerrar' }] : []
  for (const { cobroId: de, importe } of capturar) {
    if (de === cobroId) ordenes.push({ tipo: 'capturar', importe, clave: idDeCaptura(cobroId) })
  }
  for (const { id: reembolsoId, importe, motivo, ...suyo } of pedido.cobranza?.reembolsos ?? []) {
    if (suyo.cobroId !== cobroId || suyo.estado !== 'por-pedir') continue
    ordenes.push({ tipo: 'reembolsar', reembolsoId, importe, motivo })
  }
  return { tipo: 'hecho', pedido, ordenes }
}
