import { noData, type Obligation } from '@encargo/service-kit/obligations/obligation'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { CausaCierre } from '../domain/cobro.ts'
import * as deberes from '../domain/deberes.ts'
import { esNombre } from '../domain/creible.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Pedido } from '../ports/pedidos.ts'
import { ProveedorNoDisponible, ProveedorRechaza, type Sesion } from '../ports/proveedor.ts'
import { alProveedor, cuando, type Deps, soloDe } from './deps.ts'

/** Whom a provider's page is for. */
export type Pagador = Pick<Pedido, 'email' | 'idioma'>

/**
 * Announces a charge to pedidos, which holds its stock for as long as it says, and only then asks its
 * provider, with the charge's id as the key: repeating all of it, after whatever crash, comes to the same.
 * @throws PeerUnavailableError when either can't be had; it is owed then
 */
export async function abrirCobro(
  deps: Deps,
  cobro: CobroEntero,
  { email, idioma }: Pagador,
  call: CallContext,
): Promise<CobroEntero> {
  const { store, pedidos, proveedores, clock } = deps
  const { id, expiraEn } = cobro
  if (cobro.estado !== 'creado') return cobro
  const desistir = (causa: CausaCierre, rechazo?: string) =>
    store.desistir({ cobroId: id, causa, rechazo, contar: true, ...cuando(deps, call) })
  if (clock.epochMs() >= expiraEn) return await desistir('abandonado')
  const contado = await pedidos.contar(cobro, call)
  if (contado.tipo !== 'contado') {
    const causa = 'no-cobrable'
    return await store.desistir({ cobroId: id, causa, contar: false, ...cuando(deps, call) })
  }
  const hasta = contado.apartadoHasta ?? expiraEn
  if (hasta <= clock.epochMs()) return await desistir('abandonado')
  const proveedor = proveedores.get(cobro.proveedor)
  if (!proveedor) return await desistir('no-cobrable', 'apagado')
  const { pedidoId, numero, importe, moneda, volverA } = cobro
  const porAbrir = {
    id,
    pedidoId,
    numero,
    importe,
    moneda,
    expiraEn: Math.min(expiraEn, hasta),
    volverA: volverA ?? undefined,
    email,
    idioma,
  }
  try {
    const sesion = await alProveedor(proveedor, async () =>
      exigirSesion(await proveedor.abrir(porAbrir, call)),
    )
    const consultable = proveedor.puede.consultar
    const { ordenes } = contado
    return await store.abrir({ cobroId: id, sesion, ordenes, consultable, ...cuando(deps, call) })
  } catch (error) {
    if (!(error instanceof ProveedorRechaza)) throw error
    deps.logger.info('a provider refused a charge', { cobro: id, codigo: error.codigo })
    return await desistir('rechazado', error.codigo)
  }
}

const maxUrl = 4096

/** A page is one that a browser goes to, and nothing that it runs. */
function exigirSesion(sesion: Sesion): Sesion {
  const { referencia, url } = sesion
  const pagina = url === undefined || (url.length <= maxUrl && /^https?:$/.test(protocolo(url)))
  if (esNombre(referencia) && pagina) return sesion
  throw new ProveedorNoDisponible('a provider opened what can not be')
}

const protocolo = (url: string) => URL.parse(url)?.protocol ?? ''

/** Opens what a request began and did not live to end: who repeats that finds it open. */
export const abrirPendiente = (deps: Deps) =>
  ({
    tipo: deberes.abrir,
    datos: noData,
    peer: 'pedidos',
    async attempt(deuda, { call }) {
      const cobro = await deps.store.cobro(deuda.clave)
      if (cobro?.estado !== 'creado') {
        await deps.store.cerrar(deuda)
        return 'done'
      }
      const pedido = await deps.pedidos.pedido(cobro.pedidoId, undefined, call)
      const pagador = pedido ?? { email: undefined, idioma: 'es' as const }
      await soloDe('pedidos', () => abrirCobro(deps, cobro, pagador, call))
      return 'done'
    },
  }) satisfies Obligation<typeof noData>
