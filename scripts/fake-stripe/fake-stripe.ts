import { createApi } from './api.ts'
import * as bank from './bank.ts'
import { Books } from './books.ts'
import { createCounter } from './counter.ts'
import { createPost, type Manner, type Notice, notice } from './notices.ts'
import type { Session } from './objects.ts'
import * as shopper from './shopper.ts'

/** What stands between the API and who asks it: `perform` is what it does when it is well. */
export type Mischief = (request: Request, perform: () => Promise<Response>) => Promise<Response>

export interface FakeStripeOptions {
  /** Any that is free where it is not told. */
  readonly port?: number
  /** Where notices go, `…/avisos/stripe`; nowhere by default, and `notices` has them. */
  readonly noticesTo?: string
  readonly secretKey?: string
  readonly webhookSecret?: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export type FakeStripe = ReturnType<typeof openFakeStripe>

const processTimer = (work: () => void, ms: number) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/**
 * A Stripe of one account on this machine, as far as a shop with Checkout meets it: its API keeps what it is
 * told, its notices are signed, and whoever is sent to a session's `url` may pay there, be declined, take a
 * voucher or go back. It is loopback's alone and moves no money.
 *
 * @example
 * const stripe = openFakeStripe({ noticesTo: 'http://127.0.0.1:8004/avisos/stripe' })
 * // STRIPE_API_URL=stripe.url STRIPE_SECRET_KEY=stripe.secretKey STRIPE_WEBHOOK_SECRET=stripe.webhookSecret
 */
export function openFakeStripe({
  port = 0,
  noticesTo,
  secretKey = 'sk_test_51FakeOfThisMachine0000000000000000000000000000',
  webhookSecret = 'whsec_FakeOfThisMachine00000000000000',
  now = Date.now,
}: FakeStripeOptions = {}) {
  const notices: Notice[] = []
  const post = createPost({ to: noticesTo, fetch, timer: processTimer })
  let mischief: Mischief | undefined
  const books = new Books(now, (event) => {
    const one = notice(event, webhookSecret, now())
    notices.push(one)
    post.send(one)
  })
  const counter = createCounter(books)
  const api = createApi({ books, secretKey, origin: () => server.url.origin })

  async function serve(request: Request): Promise<Response> {
    const page = /^\/c\/pay\/(\w+)$/.exec(new URL(request.url).pathname)
    if (page) return await counter(request, page[1] ?? '')
    const perform = () => api(request)
    return mischief ? await mischief(request, perform) : await perform()
  }

  const server = Bun.serve({ hostname: '127.0.0.1', port, fetch: serve })

  return {
    /** For `STRIPE_API_URL`. */
    url: server.url.origin,
    secretKey,
    webhookSecret,
    books,
    /** All that was ever told, oldest first, as it is sent. */
    notices: notices as readonly Notice[],
    shopper: {
      pay: (session: string) => shopper.pay(books, session),
      decline: (session: string) => shopper.decline(books, session),
      printVoucher: (session: string) => shopper.printVoucher(books, session),
      payVoucher: (session: string) => shopper.payVoucher(books, session),
      lapseVoucher: (session: string) => shopper.lapseVoucher(books, session),
    },
    bank: {
      failRefund: (session: string) => bank.failRefund(books, session),
      dispute: (session: string) => bank.dispute(books, session),
      judge: (session: string, how: 'won' | 'lost') => bank.judge(books, session, how),
    },
    /** The sessions of one charge of the shop. */
    sessionsOf: (reference: string): Session[] =>
      [...books.sessions.values()].filter((one) => one.client_reference_id === reference),
    /** From now on, until another is named, the API is asked through it. */
    misbehave: (how: Mischief | undefined) => void (mischief = how),
    /** How notices go out from now on. */
    tell: (manner: Manner) => void (post.manner = manner),
    /** Sends what was `held`, newest first. */
    release: () => post.release(),
    /** When every notice that is on its way has arrived or was refused. */
    told: () => post.settled(),
    async close(): Promise<void> {
      post.close()
      await server.stop(true)
    },
  }
}
