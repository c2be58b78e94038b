import { auditData } from '../../audit/audit.ts'
import { type Chance, createChance } from '../random.ts'
import { compare } from './compare.ts'
import { something } from './deeds.ts'
import { admin, openStreet, type Street } from './street.ts'
import { type Mortal, mortals, openWorld, type World } from './world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface SimulationOptions {
  readonly seed: number
  readonly kills: number
  readonly signal: AbortSignal
  readonly onKill?: () => void
}

/** How long until something happens again: mostly at once, now and then a night later. */
function pauseOf(chance: Chance): number {
  const kind = chance.next()
  if (kind < 0.6) return chance.between(0, 20_000)
  if (kind < 0.9) return chance.between(20_000, 10 * minuteMs)
  if (kind < 0.99) return chance.between(10 * minuteMs, 2 * hourMs)
  return chance.between(2 * hourMs, 26 * hourMs)
}

async function ticks(world: World): Promise<void> {
  for (const name of mortals) await world.tick(name)
}

/** Some things at once, in the middle of which a service dies now and then. */
async function batch(street: Street, chance: Chance): Promise<Mortal | undefined> {
  const { world } = street
  const victim = chance.happens(0.7)
    ? chance.pick(['pedidos', 'pedidos', 'pagos', 'pagos', 'inventario'] as const)
    : undefined
  if (victim) world.life(victim).endIn(chance.between(1, 40))
  const work = Array.from({ length: chance.between(2, 7) }, () => something(street, chance.fork()))
  if (chance.happens(0.6)) work.push(world.tick('pagos'))
  if (chance.happens(0.6)) work.push(world.tick('pedidos'))
  if (chance.happens(0.3)) work.push(world.tick('inventario'))
  await Promise.all(work)
  if (victim && world.life(victim).dead) return victim
  if (victim) world.life(victim).endIn(Infinity)
  return undefined
}

/** What nobody paid in time, and its provider then closes. */
function lapse({ stripe, clock }: World): void {
  for (const { id, payment_intent: intent } of stripe.books.sessions.values()) {
    const step = stripe.books.intents.get(intent ?? '')?.next_action?.['oxxo_display_details']
    const ends = typeof step === 'object' && step !== null && 'expires_after' in step
    if (ends && Number(step.expires_after) * 1_000 <= clock.ms()) stripe.shopper.lapseVoucher(id)
  }
}

async function rest(street: Street): Promise<void> {
  const { world } = street
  Object.assign(world.trouble, { lost: 0, provider: 0 })
  // Circuits that are open close by the machine's own time.
  for (const name of mortals) {
    world.life(name).endIn(1)
    await world.tick(name)
    await world
      .life(name)
      .around(async () => {})
      .catch(() => {})
    await world.revive(name)
  }
  const spans = [
    ...Array.from({ length: 20 }, () => minuteMs),
    ...Array.from({ length: 30 }, () => hourMs),
    ...Array.from({ length: 40 }, () => dayMs),
  ]
  for (const span of spans) {
    world.clock.advance(span)
    lapse(world)
    await ticks(world)
    await ticks(world)
  }
  for (let more = 0; more < 5; more++) await ticks(world)
}

export interface Simulated {
  readonly seed: number
  readonly deaths: Readonly<Record<Mortal, number>>
  readonly orders: number
  readonly charges: number
  /** What happened, and how often. */
  readonly done: Readonly<Record<string, number>>
  readonly notices: number
  readonly discrepancies: readonly string[]
  /** Where its databases are, if something is wrong with them. */
  readonly keptIn: string | null
  readonly ms: number
}

/** Kills, and opens again at once or after a while, until so many have died. */
async function killing(
  street: Street,
  { kills, signal, onKill }: SimulationOptions,
  chance: Chance,
): Promise<Record<Mortal, number>> {
  const { world } = street
  const deaths: Record<Mortal, number> = { pedidos: 0, pagos: 0, inventario: 0 }
  const away = new Set<Mortal>()
  for (let done = 0; done < kills;) {
    signal.throwIfAborted()
    world.trouble.lost = chance.happens(0.3) ? 0.15 : 0.01
    world.trouble.provider = chance.happens(0.3) ? 0.3 : 0.03
    const victim = await batch(street, chance)
    if (victim) {
      deaths[victim]++
      done++
      onKill?.()
    }
    for (const one of away) {
      if (one !== victim && chance.happens(0.3)) continue
      await world.revive(one)
      away.delete(one)
    }
    if (victim && chance.happens(0.7)) await world.revive(victim)
    else if (victim) away.add(victim)
    world.clock.advance(pauseOf(chance))
  }
  return deaths
}

/**
 * A shop that takes money, in a time of its own, and its provider, all in this process: its services die
 * between two steps of theirs, as the seed says. In the end nothing may be lost, kept or done twice.
 */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const began = performance.now()
  const { seed } = options
  const chance = createChance(seed)
  const world = await openWorld(chance.fork(), admin)
  let keep = false
  try {
    const street = await openStreet(world, 4)
    const deaths = await killing(street, options, chance)
    keep = true
    await rest(street)
    const { staff, known } = street
    const compared = { ...known, staff, books: world.stripe.books }
    const wrong = [...world.errors, ...known.surprises, ...(await compare(compared))]
    const audit = await auditData(world.dataDir, { now: world.clock.ms })
    const audited = audit.discrepancies.map(({ subject, what }) => `audit: ${subject}: ${what}`)
    const discrepancies = [...wrong, ...audited]
    keep = discrepancies.length > 0
    const { orders, done } = known
    return {
      seed,
      deaths,
      orders: orders.length,
      charges: orders.reduce((sum, { charges }) => sum + charges.length, 0),
      done: Object.fromEntries(done),
      notices: world.stripe.notices.length,
      discrepancies,
      keptIn: keep ? world.dataDir : null,
      ms: Math.round(performance.now() - began),
    }
  } finally {
    await world.close(keep)
  }
}
