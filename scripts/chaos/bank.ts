import { setTimeout } from 'node:timers/promises'
import { type FakeStripe, openFakeStripe } from '../fake-stripe/fake-stripe.ts'
import { moody } from '../fake-stripe/moods.ts'
import type { Environment } from '@encargo/service-kit/run/config'
import { createChance } from './random.ts'
import type { BankAct } from './schedule.ts'

/** A payment provider of a run's own, which has its bad days. */
export interface Bank {
  readonly stripe: FakeStripe
  /** For the services. */
  readonly env: Environment
  /** Does something to it; answers how to make good for it. */
  harm(act: BankAct): Promise<() => Promise<void>>
  /** All that it ever told is told once more, as it would be for days; whoever is disputing has won. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** @param noticesTo where pagos takes notices */
export function openBank(noticesTo: string, seed: number): Bank {
  const stripe = openFakeStripe({ noticesTo })
  const chance = createChance(seed ^ 0xba4c)
  const wait = () => setTimeout(chance.between(50, 1_500))
  const moods = moody({ random: () => chance.next(), share: 0.7, wait })
  return {
    stripe,
    env: {
      STRIPE_API_URL: stripe.url,
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
      PAGOS_RETORNOS: 'https://caos.example',
    },
    async harm(act) {
      if (act === 'moody') stripe.misbehave(moods)
      else if (act === 'away') {
        stripe.misbehave(() => Promise.resolve(new Response(null, { status: 503 })))
      } else stripe.tell(act)
      return async () => {
        stripe.misbehave(undefined)
        stripe.tell('prompt')
        stripe.release()
      }
    },
    async settle() {
      stripe.misbehave(undefined)
      stripe.tell('prompt')
      for (const { id } of stripe.books.sessions.values()) {
        const open = [...stripe.books.disputes.values()].some(
          ({ status, payment_intent: of }) =>
            status === 'needs_response' && of === stripe.books.sessions.get(id)?.payment_intent,
        )
        if (open) stripe.bank.judge(id, 'won')
      }
      for (const { body, headers } of stripe.notices) {
        await fetch(noticesTo, { method: 'POST', headers, body }).catch(() => undefined)
      }
    },
    close: () => stripe.close(),
  }
}
