import { epochMs, machineClock } from '@encargo/service-kit/async/clock'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { amiss } from '../../../../../scripts/fake-stripe/moods.ts'
import { openFakeStripe } from '../../../../../scripts/fake-stripe/fake-stripe.ts'
import { type Notice, signature } from '../../../../../scripts/fake-stripe/notices.ts'
import type { AvisoEnviado, Banco, Llave } from '../../../../../scripts/probar-proveedor/banco.ts'
import { openStripe } from '../../../src/clients/stripe/proveedor.ts'

const llaves: Readonly<Record<Llave, string>> = {
  actual: 'whsec_actual',
  anterior: 'whsec_anterior',
  ajena: 'whsec_ajena',
}

const hecho = (acto: () => unknown) => Promise.try(acto).then(() => undefined)
const url = new URL('https://tienda.example/avisos/stripe')

const enviado = ({ headers, body }: Notice): AvisoEnviado => ({
  headers: new Headers(headers),
  cuerpo: Buffer.from(body),
  url,
})

const nada: AvisoEnviado = { headers: new Headers(), cuerpo: Buffer.alloc(0), url }

/** Stripe, as it is on this machine, and its shoppers. */
export async function abrirBancoStripe({ secreto = llaves.actual } = {}) {
  let ahora = Date.UTC(2026, 0, 15, 12)
  const falso = openFakeStripe({ now: () => ahora, webhookSecret: secreto })
  const proveedor = await openStripe(
    {
      secretKey: falso.secretKey,
      webhookSecrets: [secreto, llaves.anterior],
      apiUrl: falso.url,
      retorno: 'https://tienda.example/pedidos',
    },
    {
      fetch,
      logger: silentLogger,
      clock: { epochMs: () => epochMs(ahora), monoMs: machineClock.monoMs },
    },
  )
  const { books, shopper, bank } = falso

  const suyo = (referencia: string, { event }: Notice) => {
    const objeto: { id: string; payment_intent?: string | null } = event.data.object
    const pago = books.session(referencia).payment_intent
    return [objeto.id, objeto.payment_intent].some((uno) => uno === referencia || uno === pago)
  }

  const banco: Banco = {
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
    pagar: (referencia) => hecho(() => shopper.pay(referencia)),
    rechazar: (referencia) => hecho(() => shopper.decline(referencia)),
    vencer: (referencia) =>
      hecho(() => (ahora = books.session(referencia).expires_at * 1000 + 1000)),
    imprimirVale: (referencia) => hecho(() => shopper.printVoucher(referencia)),
    pagarVale: (referencia) => hecho(() => shopper.payVoucher(referencia)),
    vencerVale: (referencia) => hecho(() => shopper.lapseVoucher(referencia)),
    cumplirReembolsos: () => Promise.resolve(),
    fallarReembolso: (referencia) => hecho(() => bank.failRefund(referencia)),
    disputar: (referencia) => hecho(() => bank.dispute(referencia)),
    fallarDisputa: (referencia, fallo) =>
      hecho(() => bank.judge(referencia, fallo === 'ganada' ? 'won' : 'lost')),
    async ajena(cobro) {
      const otra = { ...cobro, id: 'de-otra-tienda', moneda: 'EUR' }
      const { referencia } = await proveedor.abrir(otra, backgroundCall())
      shopper.pay(referencia)
      return referencia
    },
    sesiones: (cobroId) => Promise.resolve(falso.sessionsOf(cobroId).length),
    estropear: (averia) => hecho(() => falso.misbehave(amiss(averia))),
    sanar: () => hecho(() => falso.misbehave(undefined)),
    avisos: (referencia) =>
      Promise.resolve(falso.notices.filter((uno) => suyo(referencia, uno)).map(enviado)),
    avisoSinInteres() {
      books.tell('customer.created', { id: 'cus_1' })
      return Promise.resolve(falso.notices.slice(-1).map(enviado)).then(([uno = nada]) => uno)
    },
    alterar: ({ cuerpo, ...aviso }) => ({
      ...aviso,
      cuerpo: Buffer.from(
        Buffer.from(cuerpo)
          .toString()
          .replace(/cs_test_\w/, 'cs_test_z'),
      ),
    }),
    firmar: ({ headers: antes, ...aviso }, { por, en }) => {
      const headers = new Headers(antes)
      headers.set(
        'stripe-signature',
        signature(
          aviso.cuerpo,
          por.map((una) => llaves[una]),
          en,
        ),
      )
      return Promise.resolve({ ...aviso, headers })
    },
    cerrar: () => falso.close(),
  }
  return { ...banco, falso, pasar: (ms: number) => void (ahora += ms) }
}
