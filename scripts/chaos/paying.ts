import { ask } from '@encargo/client'
import type { Scene } from './actors.ts'
import { isTransient, type Person, persist, wordingOf } from './caller.ts'
import type { Purchase } from './ledger.ts'
import { pause } from './mischief.ts'
import type { Chance } from './random.ts'

/** Refusals of who comes too late. */
const late = new Set(['pedido-no-cobrable', 'no-encontrado', 'importe-excedido'])

type Act = 'pay' | 'decline' | 'printVoucher' | 'payVoucher'

/** What may not be done there any more is not done. */
function atBank({ bank }: Scene, session: string, ...acts: readonly Act[]): void {
  for (const act of acts) {
    try {
      bank.stripe.shopper[act](session)
    } catch {
      return
    }
  }
}

/** Asks for a charge of an order, pays it at the provider's page, or does not. */
export async function pay(
  scene: Scene,
  who: Person,
  purchase: Purchase,
  chance: Chance,
): Promise<void> {
  const [id] = purchase.told
  if (id === undefined || purchase.more?.pago === undefined) return
  const key = `cobro-${purchase.mark}-${chance.between(0, 2 ** 31)}`
  const asked = { key, metodo: 'tarjeta', at: 0, ids: new Set<string>() }
  purchase.charges = [...(purchase.charges ?? []), asked]
  const headers = { 'idempotency-key': key }
  const body = { pedidoId: id, metodo: 'tarjeta' } as const
  const answer = await persist(
    async () => ask((await who.client()).pagos.cobros.post(body, { headers })),
    {
      signal: scene.over,
      waitMs: () => chance.between(50, 400),
      onRetry: () => void scene.ledger.retries++,
    },
  )
  if (!answer) return
  if (!answer.ok) {
    if (late.has(answer.problem.codigo) || isTransient(answer.problem)) return
    scene.ledger.surprises.push(`a charge of ${id} was answered ${wordingOf(answer.problem)}`)
    return
  }
  asked.ids.add(`own ${answer.data.id}`)
  await pause(chance.between(0, 60), scene.closing)
  const [session] = scene.bank.stripe.sessionsOf(answer.data.id)
  if (!session) return
  const fate = chance.next()
  if (fate < 0.55) atBank(scene, session.id, 'pay')
  else if (fate < 0.7) atBank(scene, session.id, 'decline', 'pay')
  else if (fate < 0.85) atBank(scene, session.id, 'printVoucher', 'payVoucher')
  if (chance.happens(0.05)) {
    try {
      scene.bank.stripe.bank.dispute(session.id)
    } catch {
      // Nobody had paid.
    }
  }
  await pause(chance.between(0, 200), scene.closing)
}

/** Cancels what was to be paid and is not: nobody waits for half an hour. */
export async function clearUp(scene: Scene, chance: Chance): Promise<void> {
  for (const { told, more, ended } of scene.ledger.purchases) {
    const [id] = told
    if (id === undefined || more?.pago === undefined || ended !== null) continue
    const answer = await persist(
      async () =>
        ask((await scene.staff.client()).pedidos.pedidos({ id }).patch({ estado: 'Cancelado' })),
      { signal: scene.over, waitMs: () => chance.between(50, 250) },
    )
    if (answer && !answer.ok && answer.problem.codigo !== 'transicion-invalida') {
      scene.ledger.surprises.push(`cancelling ${id} was answered ${wordingOf(answer.problem)}`)
    }
  }
}
