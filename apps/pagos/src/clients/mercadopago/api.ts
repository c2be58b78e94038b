import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Shape } from '@encargo/service-kit/peer/peer'
import type { Outside } from '@encargo/service-kit/run/outside'
import { ProveedorRechaza } from '../../ports/proveedor.ts'
import { createPedir, exigirForma, type Peticion } from '../pedir.ts'
import { prefijoOrden } from './avisos.ts'
import * as formas from './formas.ts'
import { fueDisputado, sigueAbierto, tieneDinero, type Visto } from './verdad.ts'

const nombre = 'mercadopago'
const porPagina = 50
/** A charge that was tried more often than that is nobody's. */
const maxPagos = 500

export const esCobroId = (texto: string) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(texto)

export function rechazo(status: number, datos: unknown): ProveedorRechaza {
  if (!formas.esRechazo(datos)) return new ProveedorRechaza(String(status), `refused (${status})`)
  const [causa] = Array.isArray(datos.cause) ? datos.cause : []
  const codigo = String(causa?.code ?? datos.error ?? status)
  return new ProveedorRechaza(codigo, datos.message ?? causa?.description ?? codigo)
}

export type Api = ReturnType<typeof createApi>

/** What is asked of Mercado Pago, in its own words. */
export function createApi(
  { accessToken, base }: { readonly accessToken: string; readonly base: string },
  outside: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
) {
  const pedir = createPedir(nombre, base, outside)

  async function contestado(
    peticion: Omit<Peticion, 'cuerpo'> & { readonly cuerpo?: object },
    call: CallContext,
  ) {
    const { cuerpo, headers, ...resto } = peticion
    const completa: Peticion = {
      ...resto,
      headers: {
        authorization: `Bearer ${accessToken}`,
        // Without it a refund that is on its way is told as one that was refused.
        'x-render-in-process-refunds': 'true',
        ...(cuerpo === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(cuerpo === undefined ? {} : { cuerpo: JSON.stringify(cuerpo) }),
    }
    return await pedir(completa, call)
  }

  /** @throws ProveedorRechaza */
  async function exigido<T>(
    peticion: Parameters<typeof contestado>[0],
    forma: Shape<T>,
    call: CallContext,
  ): Promise<T> {
    const { ok, status, datos } = await contestado(peticion, call)
    if (!ok) throw rechazo(status, datos)
    return exigirForma(nombre, forma, datos)
  }

  /** Undefined where it does not exist. */
  async function uno<T>(ruta: string, forma: Shape<T>, call: CallContext): Promise<T | undefined> {
    const { ok, status, datos } = await contestado({ metodo: 'GET', ruta }, call)
    if (status === 404) return undefined
    if (!ok) throw rechazo(status, datos)
    return exigirForma(nombre, forma, datos)
  }

  const pago = (id: string, call: CallContext) =>
    uno(`/v1/payments/${encodeURIComponent(id)}`, formas.esPago, call)
  const preferencia = (id: string, call: CallContext) =>
    uno(`/checkout/preferences/${encodeURIComponent(id)}`, formas.esPreferencia, call)

  async function paginaDePagos(query: Record<string, string>, desde: number, call: CallContext) {
    const partes = new URLSearchParams({
      ...query,
      criteria: 'asc',
      limit: String(porPagina),
      offset: String(desde),
    })
    const ruta = `/v1/payments/search?${partes}`
    return await exigido({ metodo: 'GET', ruta }, formas.sonPagos, call)
  }

  async function pagosDe(cobroId: string, sabido: formas.Pago | undefined, call: CallContext) {
    const hallados = new Map<string, formas.Pago>()
    const query = { external_reference: cobroId, sort: 'date_created' }
    for (let desde = 0; desde < maxPagos; desde += porPagina) {
      const { results, paging } = await paginaDePagos(query, desde, call)
      for (const visto of results)
        if (visto.external_reference === cobroId) hallados.set(String(visto.id), visto)
      if (desde + porPagina >= paging.total) break
    }
    // The list is behind: each by itself is as it is now, and has its refunds.
    const vivos = [...hallados].filter(([, visto]) => tieneDinero(visto) || sigueAbierto(visto))
    for (const [id, visto] of vivos) hallados.set(id, (await pago(id, call)) ?? visto)
    if (sabido) hallados.set(String(sabido.id), sabido)
    return [...hallados.values()]
  }

  async function preferenciasDe(cobroId: string, call: CallContext) {
    const ruta = `/checkout/preferences/search?${new URLSearchParams({ external_reference: cobroId })}`
    const { elements } = await exigido({ metodo: 'GET', ruta }, formas.sonPreferencias, call)
    const halladas = await Promise.all(elements.map(({ id }) => preferencia(id, call)))
    return halladas.flatMap((una) => (una?.external_reference === cobroId ? [una] : []))
  }

  /** Of which charge it is, by any name, and what was read on the way. */
  async function reconocer(referencia: string, call: CallContext) {
    if (esCobroId(referencia)) return { cobroId: referencia }
    if (/^\d+$/.test(referencia)) {
      const sabido = await pago(referencia, call)
      return { cobroId: sabido?.external_reference, sabido }
    }
    if (referencia.startsWith(prefijoOrden)) {
      const ruta = `/merchant_orders/${encodeURIComponent(referencia.slice(prefijoOrden.length))}`
      return { cobroId: (await uno(ruta, formas.esOrden, call))?.external_reference }
    }
    const suya = await preferencia(referencia, call)
    return { cobroId: suya?.external_reference, suya }
  }

  async function mirar(referencia: string, call: CallContext): Promise<Visto> {
    const { cobroId, sabido, suya } = await reconocer(referencia, call)
    const desconocido = new ProveedorRechaza('no-encontrado', `knows no ${referencia}`)
    if (!cobroId) throw desconocido
    const [pagos, halladas] = await Promise.all([
      pagosDe(cobroId, sabido, call),
      preferenciasDe(cobroId, call),
    ])
    const preferencias = [...(suya ? [suya] : []), ...halladas.filter(({ id }) => id !== suya?.id)]
    if (pagos.length === 0 && preferencias.length === 0) throw desconocido
    const contracargos = new Map<string, formas.Contracargo>()
    for (const { id } of pagos.filter(fueDisputado)) {
      const visto = await uno(`/v1/chargebacks/${id}`, formas.esContracargo, call)
      if (visto) contracargos.set(String(id), visto)
    }
    return { cobroId, preferencias, pagos, contracargos }
  }

  return { contestado, exigido, paginaDePagos, mirar, porPagina }
}
