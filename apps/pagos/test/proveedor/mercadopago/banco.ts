import { epochMs, machineClock } from '@encargo/service-kit/async/clock'
import { silentLogger } from '@encargo/service-kit/run/logger'
import type { AvisoEnviado, Banco, Llave } from '../../../../../scripts/probar-proveedor/banco.ts'
import { firmar, manifiesto } from '../../../src/clients/mercadopago/avisos.ts'
import { createMercadoPago } from '../../../src/clients/mercadopago/proveedor.ts'
import { abrirMercadoPagoFalso, type MercadoPagoFalso } from './falso.ts'

const llaves: Readonly<Record<Llave, string>> = {
  actual: 'mp_secreto_actual',
  anterior: 'mp_secreto_anterior',
  ajena: 'mp_secreto_de_otra',
}

function firmado(aviso: AvisoEnviado, por: readonly Llave[], en: number): AvisoEnviado {
  const ts = String(Math.floor(en / 1000))
  const headers = new Headers(aviso.headers)
  const texto = manifiesto(aviso.url.searchParams.get('data.id'), headers.get('x-request-id'), ts)
  const firmas = por.toReversed().map((llave) => `v1=${firmar(llaves[llave], texto)}`)
  headers.set('x-signature', [`ts=${ts}`, ...firmas].join(','))
  return { ...aviso, headers }
}

const hecho = (acto: () => unknown) => Promise.try(acto).then(() => undefined)

export interface BancoMercadoPago extends Banco {
  readonly falso: MercadoPagoFalso
  readonly pasar: (ms: number) => void
}

/** Mercado Pago, as it is on this machine, and its shoppers. */
export function abrirBancoMercadoPago(): Promise<BancoMercadoPago> {
  let ahora = Date.UTC(2026, 0, 15, 12)
  const accessToken = 'APP_USR-7434-010203-prueba'
  const falso = abrirMercadoPagoFalso(accessToken, () => ahora)
  const { estado } = falso
  const proveedor = createMercadoPago(
    { accessToken, secretos: [llaves.actual, llaves.anterior], base: falso.url },
    {
      fetch,
      logger: silentLogger,
      clock: { epochMs: () => epochMs(ahora), monoMs: machineClock.monoMs },
    },
  )

  const cobroDe = (referencia: string) => estado.preferenciaDe(referencia).external_reference
  const pagosDe = (referencia: string) =>
    [...estado.pagos.values()].filter((uno) => uno.external_reference === cobroDe(referencia))
  function suyo(referencia: string, ...estados: string[]) {
    const visto = pagosDe(referencia).findLast(({ status }) => estados.includes(status))
    if (!visto) throw new Error(`no payment of ${referencia} is ${estados.join(' or ')}`)
    return visto
  }
  const vencer = (referencia: string) => {
    const { expiration_date_to: fin } = estado.preferenciaDe(referencia)
    ahora = Math.max(ahora, Date.parse(fin ?? '') + 1000)
  }

  function enviado(dataId: string, tipo: string, id: number, accion: string): AvisoEnviado {
    const url = new URL(`https://tienda.example/avisos/mercadopago?data.id=${dataId}&type=${tipo}`)
    const aviso = { id, live_mode: true, type: tipo, action: accion, data: { id: dataId } }
    const headers = new Headers({
      'content-type': 'application/json',
      'x-request-id': Bun.randomUUIDv7(),
    })
    return firmado({ headers, url, cuerpo: Buffer.from(JSON.stringify(aviso)) }, ['actual'], ahora)
  }

  return Promise.resolve({
    falso,
    pasar: (ms) => void (ahora += ms),
    proveedor,
    hace: {
      red: true,
      avisos: true,
      rechazos: true,
      vales: true,
      disputas: true,
      reembolsosFallidos: true,
    },
    ahora: () => ahora,
    moneda: 'USD',
    pagar: (referencia) => hecho(() => estado.intentar(referencia, 'approved', 'accredited')),
    rechazar: (referencia) =>
      hecho(() => estado.intentar(referencia, 'rejected', 'cc_rejected_insufficient_amount')),
    vencer: (referencia) => hecho(() => vencer(referencia)),
    imprimirVale: (referencia) =>
      hecho(() => estado.intentar(referencia, 'pending', 'pending_waiting_payment')),
    pagarVale: (referencia) =>
      hecho(() => estado.cambiar(suyo(referencia, 'pending'), 'approved', 'accredited')),
    vencerVale: (referencia) =>
      hecho(() => {
        vencer(referencia)
        estado.cambiar(suyo(referencia, 'pending'), 'cancelled', 'expired')
      }),
    cumplirReembolsos: (referencia) =>
      hecho(() => {
        for (const pago of pagosDe(referencia)) {
          const enCamino = pago.refunds.filter(({ status }) => status === 'in_process')
          for (const una of enCamino) estado.resolverDevolucion(pago, una, 'approved')
        }
      }),
    fallarReembolso: (referencia) =>
      hecho(() => {
        const pago = suyo(referencia, 'refunded', 'approved')
        const [una] = pago.refunds
        if (una) estado.resolverDevolucion(pago, una, 'rejected')
      }),
    disputar: (referencia) => hecho(() => estado.disputar(suyo(referencia, 'approved'))),
    fallarDisputa: (referencia, fallo) =>
      hecho(() => estado.fallar(suyo(referencia, 'charged_back'), fallo === 'ganada')),
    ajena: ({ importe }) =>
      Promise.resolve(
        String(
          estado.anotar({
            external_reference: 'otra-tienda-7',
            currency_id: 'BRL',
            transaction_amount: importe / 100,
            status: 'approved',
            status_detail: 'accredited',
            date_of_expiration: null,
          }).id,
        ),
      ),
    sesiones: (cobroId) =>
      Promise.resolve(
        [...estado.preferencias.values()].filter((una) => una.external_reference === cobroId)
          .length,
      ),
    estropear: (averia) => hecho(() => (falso.averia = averia)),
    sanar: () => hecho(() => (falso.averia = undefined)),
    avisos: (referencia) =>
      Promise.resolve(
        estado.notas
          .filter(({ cobroId }) => cobroId === cobroDe(referencia))
          .map(({ dataId, tipo, id, accion }) => enviado(dataId, tipo, id, accion)),
      ),
    avisoSinInteres: () =>
      Promise.resolve(enviado('8f2c', 'subscription_preapproval', 77, 'updated')),
    alterar(aviso) {
      const url = new URL(aviso.url)
      url.searchParams.set('data.id', '99')
      return { ...aviso, url }
    },
    firmar: (aviso, { por, en }) => Promise.resolve(firmado(aviso, por, en)),
    cerrar: () => falso.detener(),
  })
}
