import { type Deed, some } from './street.ts'
import type { World } from './world.ts'

export const atProvider: Deed = async ({ world: { stripe } }, chance) => {
  const open = [...stripe.books.sessions.values()]
  const session = some(open, chance)
  if (!session) return
  const act = chance.pick([
    'pay',
    'pay',
    'pay',
    'pay',
    'decline',
    'printVoucher',
    'payVoucher',
    'payVoucher',
    'lapseVoucher',
  ] as const)
  try {
    stripe.shopper[act](session.id)
    return act
  } catch {
    return undefined
  }
}

export const atBank: Deed = async ({ world: { stripe } }, chance) => {
  const session = some([...stripe.books.sessions.values()], chance)
  if (!session) return
  const act = chance.pick(['dispute', 'won', 'lost', 'failRefund'] as const)
  try {
    if (act === 'dispute') stripe.bank.dispute(session.id)
    else if (act === 'failRefund') stripe.bank.failRefund(session.id)
    else stripe.bank.judge(session.id, act)
    return act
  } catch {
    return undefined
  }
}

const toldUntil = new WeakMap<World, number>()
/** Some of what the provider told, now and then twice and the newest first. */
export const notify: Deed = async ({ world }, chance) => {
  const { notices } = world.stripe
  const from = chance.happens(0.8) ? (toldUntil.get(world) ?? 0) : Math.max(0, notices.length - 20)
  toldUntil.set(world, notices.length)
  const fresh = notices.slice(from)
  if (fresh.length === 0) return
  const ordered = chance.happens(0.3) ? fresh.toReversed() : fresh
  for (const { body, headers } of ordered) {
    if (chance.happens(0.1)) continue
    for (let times = chance.happens(0.2) ? 2 : 1; times > 0; times--) {
      const init = { method: 'POST', headers, body }
      await world.fetch('http://pagos.test/avisos/stripe', init).catch(() => undefined)
    }
  }
  return 'avisar'
}
