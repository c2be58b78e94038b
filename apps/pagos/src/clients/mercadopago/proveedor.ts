import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Outside } from '@encargo/service-kit/run/outside'
import {
  type CobroPorAbrir,
  type PeticionDinero,
  type Proveedor,
  ProveedorRechaza,
} from '../../ports/proveedor.ts'
import type { Verdad } from '../../domain/verdad.ts'
import { exigirForma } from '../pedir.ts'
import { type Api, createApi, esCobroId, rechazo } from './api.ts'
import { leerAviso } from './avisos.ts'
import { esDevolucion, esPreferenciaAbierta, type Pago } from './formas.ts'
import { enMenores, enUnidades } from './importe.ts'
import { estaAbierta, momento, reembolsoDe, sigueAbierto, tieneDinero, verdadDe } from './verdad.ts'

export interface AjustesMercadoPago {
  readonly accessToken: string
  /** Of the webhooks; more than one while it is being changed. */
  readonly secretos: readonly string[]
  readonly base?: string
}

const nombre = 'mercadopago'
const baseDeVerdad = 'https://api.mercadopago.com'
const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '+00:00')

const noAutoriza = () => new ProveedorRechaza('no-autoriza', 'takes money at once, or not at all')

/** @throws ProveedorRechaza where it would have to be rounded */
function exacto(menor: number, moneda: string): number {
  const unidades = enUnidades(menor, moneda)
  if (unidades !== null) return unidades
  throw new ProveedorRechaza('importe-inexacto', `can't say ${menor} minor units of ${moneda}`)
}

function preferenciaDe(cobro: CobroPorAbrir): object {
  const { volverA, email, expiraEn, idioma, moneda, numero } = cobro
  const fin = iso(expiraEn)
  return {
    items: [
      {
        id: String(numero),
        title: `${idioma === 'en' ? 'Order' : 'Pedido'} ${numero}`,
        quantity: 1,
        currency_id: moneda,
        unit_price: exacto(cobro.importe, moneda),
      },
    ],
    external_reference: cobro.id,
    expires: true,
    expiration_date_to: fin,
    date_of_expiration: fin,
    ...(email === undefined ? {} : { payer: { email } }),
    ...(volverA === undefined
      ? {}
      : { back_urls: { success: volverA, pending: volverA, failure: volverA } }),
    // They refuse it with an address that is not on the internet.
    ...(volverA?.startsWith('https:') ? { auto_return: 'approved' } : {}),
  }
}

/**
 * Gives back `importe`, of as many payments as it takes: in the same order, of the same amounts and by the
 * same keys whenever it is asked again, whatever was done before. Answers the names of what was made.
 */
async function devolver(
  api: Api,
  pagos: readonly Pago[],
  { importe, moneda, clave }: PeticionDinero,
  call: CallContext,
): Promise<Set<string>> {
  const hechas = new Set<string>()
  const enteros = pagos.map(({ id, transaction_amount }) => ({
    id,
    entero: enMenores(transaction_amount, moneda),
  }))
  let falta = importe
  let no = new ProveedorRechaza('importe-excedido', `has less than ${importe} to give back`)
  if (enteros.reduce((suma, { entero }) => suma + entero, 0) < importe) throw no
  for (const { id, entero } of enteros) {
    const parte = Math.min(falta, entero)
    if (parte === 0) break
    const { ok, status, datos } = await api.contestado(
      {
        metodo: 'POST',
        ruta: `/v1/payments/${id}/refunds`,
        cuerpo: { amount: exacto(parte, moneda) },
        headers: { 'x-idempotency-key': `${clave}-${id}` },
      },
      call,
    )
    if (ok) {
      hechas.add(String(exigirForma('mercadopago', esDevolucion, datos).id))
      falta -= parte
    } else no = rechazo(status, datos)
  }
  if (falta > 0) throw no
  return hechas
}

/** After so long a key is no longer counted upon: how long they are kept there, is not documented. */
const claveValeMs = 20 * 3_600_000

/** Whether it may have been made long ago by a call whose answer never came. */
const olvidada = (
  pagos: readonly Pago[],
  { desde, importe, moneda }: PeticionDinero,
  ahora: number,
): boolean =>
  desde !== undefined &&
  ahora - desde > claveValeMs &&
  pagos
    .flatMap(({ refunds }) => refunds ?? [])
    .filter(({ date_created: cuando }) => !cuando || momento(cuando) >= desde)
    .map((una) => reembolsoDe(una, moneda))
    .some((una) => una.estado !== 'fallido' && una.importe <= importe)

/** Checkout Pro: a preference that carries our name of the charge, and the payments that were made of it. */
export function createMercadoPago(
  { accessToken, secretos, base = baseDeVerdad }: AjustesMercadoPago,
  outside: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
): Proveedor {
  const api = createApi({ accessToken, base }, outside)
  const ahora = () => outside.clock.epochMs()

  /** A payment that was made meanwhile refuses, which the next look tells. */
  async function cambiar(ruta: string, cuerpo: object, call: CallContext): Promise<void> {
    await api.contestado({ metodo: 'PUT', ruta, cuerpo }, call)
  }

  const consultar = async (referencia: string, call: CallContext): Promise<Verdad> =>
    verdadDe(await api.mirar(referencia, call), ahora())

  return {
    id: nombre,
    puede: {
      redirigir: true,
      autorizar: false,
      cerrar: true,
      reembolsarParte: true,
      consultar: true,
    },
    plazo: { minimo: 5 * 60, maximo: 30 * 86_400 },
    importe: enUnidades,

    async abrir(cobro, call) {
      if (cobro.soloAutorizar === true) throw noAutoriza()
      const abierta = await api.exigido(
        {
          metodo: 'POST',
          ruta: '/checkout/preferences',
          cuerpo: preferenciaDe(cobro),
          headers: { 'x-idempotency-key': cobro.id },
        },
        esPreferenciaAbierta,
        call,
      )
      const { id, init_point: url, expiration_date_to: fin } = abierta
      return { referencia: id, url, expiraEn: fin ? momento(fin) : cobro.expiraEn }
    },

    consultar,

    async cerrar(referencia, call) {
      const { preferencias, pagos } = await api.mirar(referencia, call)
      const fin = { expires: true, expiration_date_to: iso(ahora()) }
      const abiertas = preferencias.filter((una) => estaAbierta(una, ahora()))
      const pendientes = pagos.filter(sigueAbierto)
      await Promise.all([
        ...abiertas.map(({ id }) => cambiar(`/checkout/preferences/${id}`, fin, call)),
        ...pendientes.map(({ id }) => cambiar(`/v1/payments/${id}`, { status: 'cancelled' }, call)),
      ])
      return await consultar(referencia, call)
    },

    capturar: () => Promise.reject(noAutoriza()),

    async reembolsar(peticion, call) {
      const { pagos } = await api.mirar(peticion.referencia, call)
      const suyos = pagos
        .filter((pago) => tieneDinero(pago) && pago.currency_id === peticion.moneda)
        .toSorted((a, b) => momento(a.date_created) - momento(b.date_created))
      if (olvidada(suyos, peticion, ahora())) {
        const frase =
          'as much was given back since it was asked for: whether that was it, a person has to see'
        throw new ProveedorRechaza('comprobar-a-mano', frase)
      }
      const hechas = await devolver(api, suyos, peticion, call)
      const verdad = await consultar(peticion.referencia, call)
      const { clave } = peticion
      const reembolsos = verdad.reembolsos.map((visto) =>
        hechas.has(visto.referencia) ? { ...visto, clave } : visto,
      )
      return { ...verdad, reembolsos }
    },

    leerAviso: (headers, cuerpo, url) =>
      Promise.try(() => leerAviso({ headers, cuerpo, url }, secretos, ahora())),

    async listar({ desde, cursor = '0' }, call) {
      const query = {
        sort: 'date_last_updated',
        range: 'date_last_updated',
        begin_date: iso(desde),
        end_date: iso(ahora()),
      }
      const salto = Number(cursor)
      const { results, paging } = await api.paginaDePagos(query, salto, call)
      // The same account may sell elsewhere.
      const nuestros = results.flatMap(({ external_reference: id }) =>
        id && esCobroId(id) ? [id] : [],
      )
      const siguiente = salto + api.porPagina
      return {
        referencias: [...new Set(nuestros)],
        siguiente: siguiente < paging.total ? String(siguiente) : undefined,
      }
    },
  }
}
