import type { Books } from './books.ts'
import { Refusal, type Session } from './objects.ts'
import { payPage } from './page.ts'
import * as shopper from './shopper.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
}

const acts: Readonly<Record<string, (books: Books, id: string) => void>> = {
  pay: shopper.pay,
  decline: shopper.decline,
  voucher: shopper.printVoucher,
  'pay-voucher': shopper.payVoucher,
  lapse: shopper.lapseVoucher,
}

function whereTo(session: Session, act: string): string | undefined {
  if (act === 'back') return session.cancel_url ?? session.success_url
  if (!['pay', 'pay-voucher', 'shop'].includes(act)) return undefined
  return session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } })

/** What shoppers see under `/c/pay/`, and what they do there. */
export function createCounter(books: Books) {
  return async (request: Request, id: string): Promise<Response> => {
    const session = books.sessions.has(id) ? books.session(id) : undefined
    if (session === undefined) return new Response('no such page', { status: 404 })
    if (request.method !== 'POST') return new Response(payPage(books, session), { headers })
    const act = new URLSearchParams(await request.text()).get('act') ?? ''
    try {
      acts[act]?.(books, id)
    } catch (error) {
      // Of a page that was left open for too long: the page says how it is now.
      if (!(error instanceof Refusal)) throw error
      return seeOther(request.url)
    }
    return seeOther(whereTo(session, act) ?? request.url)
  }
}
