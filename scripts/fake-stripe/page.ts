import { decimalesDe } from '@encargo/service-kit/values/monedas'
import type { Books } from './books.ts'
import type { Session } from './objects.ts'

const style = `
:root { color-scheme: light dark; --ink: #1a1f36; --soft: #697386; --line: #e3e8ee; --page: #f6f8fa;
  --card: #fff; --deed: #4f46e5; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f6; --soft: #a3acbb; --line: #333b4a;
  --page: #11151c; --card: #1a202b; --deed: #5b53e6; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px;
  background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 420px; padding: 24px; border: 1px solid var(--line);
  border-radius: 16px; background: var(--card); }
.test { display: inline-block; padding: 2px 10px; border-radius: 999px; background: #fde68a;
  color: #713f12; font-size: 13px; font-weight: 600; }
h1 { margin: 16px 0 0; font-size: 16px; font-weight: 500; color: var(--soft); }
.amount { margin: 0 0 16px; font-size: 34px; font-weight: 700; letter-spacing: -0.02em;
  overflow-wrap: anywhere; }
form { display: grid; gap: 10px; }
button { width: 100%; min-height: 48px; padding: 10px 16px; border: 1px solid var(--line);
  border-radius: 10px; background: transparent; color: inherit; font: inherit; font-weight: 600;
  cursor: pointer; }
button.first { border-color: var(--deed); background: var(--deed); color: #fff; }
button:focus-visible { outline: 3px solid var(--deed); outline-offset: 2px; }
.quiet { border-color: transparent; color: var(--soft); }
.bad { margin: 0 0 12px; color: var(--bad); font-weight: 600; }
.note { margin: 16px 0 0; color: var(--soft); font-size: 14px; }
.number { font: 600 18px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
`

const texts = {
  es: {
    test: 'Página de prueba',
    pay: 'Pagar con tarjeta',
    decline: 'Pagar con una tarjeta que se rechaza',
    voucher: 'Pagar en efectivo con un vale',
    back: 'Volver a la tienda sin pagar',
    declined: 'El banco rechazó la tarjeta. Prueba con otra.',
    expired: 'Esta página de pago ya no vale. Vuelve a la tienda para empezar otra vez.',
    paid: 'Este pago ya está hecho.',
    print: 'Paga con este número en la caja de un comercio:',
    payVoucher: 'Pagar el vale ahora',
    lapse: 'Dejar que el vale venza',
    lapsed: 'El vale venció sin pagarse.',
    shop: 'Volver a la tienda',
    note: 'Aquí no se mueve dinero: quien programa elige qué ocurre.',
  },
  en: {
    test: 'Test page',
    pay: 'Pay by card',
    decline: 'Pay with a card that is declined',
    voucher: 'Pay in cash with a voucher',
    back: 'Back to the shop without paying',
    declined: 'The bank declined the card. Try another one.',
    expired: 'This payment page is over. Go back to the shop to start again.',
    paid: 'This payment has been made.',
    print: 'Pay with this number at the till of a shop:',
    payVoucher: 'Pay the voucher now',
    lapse: 'Let the voucher lapse',
    lapsed: 'The voucher lapsed without being paid.',
    shop: 'Back to the shop',
    note: 'No money moves here: whoever writes the shop chooses what happens.',
  },
} as const
type Texts = (typeof texts)['es' | 'en']

const escape = (raw: string) => raw.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)

/** An amount as people write it; Stripe's units are those of ISO 4217 but for a few. */
function amountOf({ amount_total: amount, currency }: Session, locale: 'es' | 'en'): string {
  const code = currency.toUpperCase()
  const decimals = code === 'MGA' ? 0 : ['ISK', 'UGX'].includes(code) ? 2 : decimalesDe(code)
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return `${new Intl.NumberFormat(locale, digits).format(amount / 10 ** decimals)} ${code}`
}

const button = (act: string, label: string, kind: '' | 'first' | 'quiet' = '') =>
  `<button name="act" value="${act}" class="${kind}">${escape(label)}</button>`

const form = (...buttons: string[]) => `<form method="post">${buttons.join('')}</form>`

function voucherNumber(books: Books, { payment_intent: id }: Session): string | undefined {
  const step = books.intents.get(id ?? '')?.next_action?.['oxxo_display_details']
  const known = typeof step === 'object' && step !== null && 'number' in step
  return known ? String(step.number) : undefined
}

function inside(books: Books, session: Session, say: Texts): string {
  if (session.status === 'expired') return `<p class="bad">${say.expired}</p>`
  if (session.status === 'open') {
    const intent = books.intents.get(session.payment_intent ?? '')
    const declined = intent?.last_payment_error ? `<p class="bad">${say.declined}</p>` : ''
    const acts = form(
      button('pay', say.pay, 'first'),
      button('voucher', say.voucher),
      button('decline', say.decline),
      button('back', say.back, 'quiet'),
    )
    return declined + acts
  }
  const number = voucherNumber(books, session)
  if (number !== undefined) {
    const acts = form(
      button('pay-voucher', say.payVoucher, 'first'),
      button('lapse', say.lapse),
      button('shop', say.shop, 'quiet'),
    )
    return `<p>${say.print}</p><p class="number">${number}</p>${acts}`
  }
  const paid = books.paidOf(session) !== undefined
  const said = paid ? `<p>${say.paid}</p>` : `<p class="bad">${say.lapsed}</p>`
  return said + form(button('shop', say.shop, 'first'))
}

/** The page that a shopper is sent to. */
export function payPage(books: Books, session: Session): string {
  const locale = session.locale === 'en' ? 'en' : 'es'
  const say = texts[locale]
  const title = escape(books.offers.get(session.id)?.name ?? '')
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${say.test}</title><style>${style}</style></head>
<body><main><span class="test">${say.test}</span>
<h1>${title}</h1><p class="amount">${amountOf(session, locale)}</p>
${inside(books, session, say)}
<p class="note">${say.note}</p></main></body></html>`
}
