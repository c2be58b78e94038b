import { ask, type MetodoPago } from '@encargo/client'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { cliente, FalloApi, visitante } from '../../api.ts'
import { perTab } from '../../ui/browser-storage.ts'
import { type Acceso, guardarEnlace } from './acceso.ts'
import { esPagina, type PorPagar } from './situacion.ts'

/** How asking for a charge ended. */
export type Cobrado =
  /** It is paid on another page. */
  | { readonly tipo: 'ir'; readonly url: string }
  | { readonly tipo: 'hecho' }
  /** The order takes no money now, or not in this way. */
  | { readonly tipo: 'no-cobrable' | 'otro-metodo' | 'sin-sesion' }
  /** The shop itself is not set up for it. */
  | { readonly tipo: 'averia' }
  /** Nobody knows; the same press again comes to the same charge. */
  | { readonly tipo: 'fallo'; readonly error: FalloApi }

type PorCobrar = Pick<PorPagar, 'id' | 'pago'>

const negados = (id: string) => `encargo:pago-negado:${id}`
const vecesNegado = (id: string) => Number(perTab.read(negados(id)) ?? 0)

/**
 * The `Idempotency-Key` of a charge: it follows from what is known of the order. So whoever presses
 * twice, loads the page again or has it in two tabs gets one charge, the one that they may be paying
 * already; and another only once that one has ended.
 *
 * @param negado how often it was refused for good, which the same key would only repeat
 */
export function claveDe({ id, pago }: PorCobrar, metodo: string, negado = 0): string {
  const acabados = pago.cobros.filter((uno) => uno.metodo === metodo && !esperaDinero(uno)).length
  return ['pago', id, metodo, acabados, negado].join(' ')
}

/** The page that somebody comes back to: it names the order, and nothing that happened. */
export const volverA = (id: string) => `${location.origin}/pago/${id}`

function pedirCobro(acceso: Acceso, pedido: PorCobrar, metodo: string) {
  const comun = { metodo, volverA: volverA(pedido.id) }
  const clave = claveDe(pedido, metodo, vecesNegado(pedido.id))
  const opciones = { headers: { 'idempotency-key': clave } }
  return acceso.tipo === 'enlace'
    ? visitante().pagos.cobros.post({ seguimiento: acceso.token, ...comun }, opciones)
    : cliente().pagos.cobros.post({ pedidoId: pedido.id, ...comun }, opciones)
}

/** Asks for what is owed of an order, in one way. */
export async function cobrar(
  acceso: Acceso,
  pedido: PorCobrar,
  { codigo }: Pick<MetodoPago, 'codigo'>,
): Promise<Cobrado> {
  if (acceso.tipo === 'enlace') guardarEnlace(pedido.id, acceso.token)
  const respuesta = await ask(pedirCobro(acceso, pedido, codigo))
  if (respuesta.ok) {
    const { url, estado } = respuesta.data
    const porPagar = url !== null && estado !== 'cobrado' && esPagina(url)
    return porPagar ? { tipo: 'ir', url } : { tipo: 'hecho' }
  }
  const { problem } = respuesta
  if (problem.codigo === 'no-autenticado') return { tipo: 'sin-sesion' }
  if (problem.status < 400 || problem.status >= 500 || problem.status === 429) {
    return { tipo: 'fallo', error: new FalloApi(respuesta) }
  }
  perTab.write(negados(pedido.id), String(vecesNegado(pedido.id) + 1))
  if (problem.codigo === 'metodo-pago-no-disponible') return { tipo: 'otro-metodo' }
  return { tipo: problem.codigo === 'pedido-no-cobrable' ? 'no-cobrable' : 'averia' }
}
