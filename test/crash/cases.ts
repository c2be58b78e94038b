import type { CrashPoint, CrashStep } from './steps.ts'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { type Chance, createChance } from '../../scripts/chaos/random.ts'
import { bundle, type Program } from './bundle.ts'
import { createLane, type Lane } from './lane.ts'
import type { Prepared } from './operation.ts'
import { createTemplate } from './template.ts'
import type { Spot } from './victim.ts'

/** One kill: an operation, a point that it passes, and at which passing. Or none, to record. */
export interface Case {
  readonly operation: Prepared
  readonly kill: { readonly point: CrashPoint; readonly spot: Spot } | null
}

export const nameOf = ({ operation, kill }: Case) =>
  `${operation.title} @ ${kill?.spot ?? 'record'}`

/** An object's own keys, which its type knows. */
export function stepsOf({ passes }: Pick<Prepared, 'passes'>): CrashStep[] {
  return Object.keys(passes) as CrashStep[]
}

/** Every case of an operation: before and after each passing of each of its steps, and the record. */
export function casesOf(operation: Prepared): Case[] {
  const kills = stepsOf(operation).flatMap((step) => {
    const times = operation.passes[step] ?? 1
    if (times === 'elsewhere' || times === 'perhaps') return []
    const passings = times === 'many' ? [1] : Array.from({ length: times }, (_, index) => index + 1)
    return passings.flatMap((nth) =>
      ([`${step}.antes`, `${step}.despues`] as const).map((point): Case => {
        const spot: Spot = nth === 1 ? point : `${point}:${nth}`
        return { operation, kill: { point, spot } }
      }),
    )
  })
  return [{ operation, kill: null }, ...kills]
}

/** The step that it comes right after, if both are passed once and killed. */
function before({ passes, meanwhile }: Prepared, step: CrashStep): CrashStep | undefined {
  const steps = stepsOf({ passes })
  const one = steps[steps.indexOf(step) - 1]
  if (one === undefined || passes[one] !== 1 || passes[step] !== 1) return undefined
  return meanwhile.includes(one) || meanwhile.includes(step) ? undefined : one
}

/**
 * The record, and the kills that differ: dead after one step is dead before the next, as all that lasts is
 * done in steps. The record shows that none lies between them.
 */
export function differentCasesOf(operation: Prepared): Case[] {
  const same = stepsOf(operation).filter((step) => before(operation, step) !== undefined)
  const points = new Set<string>(same.map((step) => `${step}.antes`))
  return casesOf(operation).filter(({ kill }) => kill === null || !points.has(kill.point))
}

/** Of each passing one of its two sides, as the seed says, and the record. */
export function someCasesOf(operation: Prepared, chance: Chance): Case[] {
  const [recorded, ...kills] = casesOf(operation)
  // The two sides of a passing follow each other.
  return kills.reduce(
    (some: Case[], one, at) =>
      at % 2 === 0 ? [...some, chance.pick([one, kills[at + 1] ?? one])] : some,
    recorded ? [recorded] : [],
  )
}

/** What a driver passes at any time, whatever is being tested. */
const routine: readonly CrashStep[] = [
  'pedidos.store.vencer',
  'pedidos.store.avisarPorVencer',
  'pedidos.store.olvidar',
  'pedidos.seguidores.alDia',
  'pedidos.reservas.activas',
  'pedidos.clientes.borrados',
  'pedidos.token',
  'inventario.store.expirarVencidas',
  'inventario.store.olvidarClaves',
  // When pedidos first meets its stock, which it does beside whatever else is done.
  'inventario.store.enlazar',
  'servicio.claves',
  'auth.enviar',
  'auth.correos.anotar',
]

const ownerOf = (step: string) => step.slice(0, step.indexOf('.'))

/** In one process others pass steps of theirs, which their own operations tell. */
function isOfLane({ together }: Lane, step: string, passes: Prepared['passes']): boolean {
  const owners = Object.keys(passes).map(ownerOf)
  return !together || owners.includes(ownerOf(step))
}

async function record(lane: Lane, operation: Prepared): Promise<void> {
  const { passes } = operation
  const known: readonly string[] = [...Object.keys(passes), ...routine]
  const wanted = stepsOf({ passes }).filter((step) => passes[step] !== 'perhaps')
  const seen = (step: string) => lane.victim.passed().get(`${step}.antes`) ?? 0
  await lane.eventually(`it passes ${wanted.join(', ')}`, async () => wanted.every(seen))
  const others = [...lane.victim.passed().keys()]
    .map((point) => point.replace(/\.(?:antes|despues)$/, ''))
    .filter((step) => isOfLane(lane, step, passes) && !known.includes(step))
  if (others.length > 0) throw new Error(`it also passes ${[...new Set(others)].join(', ')}`)
  for (const [step, times] of Object.entries(passes)) {
    if (typeof times !== 'number' || seen(step) === times) continue
    // Each asks for itself, and all are in this process.
    if (lane.together && step === 'servicio.claves') continue
    throw new Error(`it passes ${step} ${seen(step)} times, not ${times}`)
  }
  if (!lane.together) checkOrder(operation, [...lane.victim.passed().keys()])
}

/** Holds an operation to the order in which it names its steps, as `differentCasesOf` does. */
function checkOrder(operation: Prepared, passed: readonly string[]): void {
  const { passes } = operation
  const own = stepsOf({ passes }).filter((step) => passes[step] === 1 || passes[step] === 'many')
  const order = passed.filter((point) => own.some((step) => point.startsWith(`${step}.`)))
  for (const step of own) {
    const last = before(operation, step)
    if (
      last === undefined ||
      order.indexOf(`${last}.despues`) + 1 === order.indexOf(`${step}.antes`)
    )
      continue
    throw new Error(`it does not pass ${step} right after ${last}, but ${order.join(', ')}`)
  }
}

/** Kills once, starts again, and holds what is there to what must be. */
export async function runCase(lane: Lane, one: Case, chance: Chance): Promise<void> {
  const { operation, kill } = one
  const spot = kill?.spot ?? 'record'
  if (!lane.victim.running) await lane.victim.start()
  const begun = await operation.begin(lane, chance)
  if (operation.fromStart) {
    await lane.victim.kill()
    await begun.whileDown()
    await lane.victim.startArmed(spot)
  } else {
    await lane.victim.arm(spot)
  }
  await begun.run()
  if (kill) await lane.victim.dies()
  else await record(lane, operation)
  await begun.afterCrash()
  if (!lane.victim.running) await lane.victim.start()
  await begun.finish(kill)
  await lane.settled()
  // A process that was started to record can't be told anything else.
  if (operation.fromStart && !kill) await lane.victim.kill()
}

/** `CRASH_ALL=1` or a case by its name: both sides of every passing. */
export const all = process.env['CRASH_ALL'] === '1' || process.env['CRASH_CASE'] !== undefined

export interface Runner {
  /** What went wrong in the cases of an operation, one line each; empty when it survived all. */
  failuresOf(operation: Prepared): Promise<string[]>
  stop(): Promise<void>
}

const describeFailure = (error: unknown) =>
  Bun.stripANSI(error instanceof Error ? `${error.name}: ${error.message}` : String(error))

/** A system that cases are tried on. */
export interface Ground {
  /** What it said last, for a failure's message. */
  readonly lastLines: string
  stop(): Promise<void>
}

export interface Trial<L extends Ground, C extends Pick<Case, 'operation'>> {
  /** What dies. */
  readonly title: string
  readonly casesOf: (operation: Prepared, chance: Chance) => readonly C[]
  readonly nameOf: (one: C) => string
  readonly newLane: () => Promise<L>
  readonly run: (lane: L, one: C, chance: Chance) => Promise<void>
  /** When all is done. */
  readonly end: () => Promise<void>
}

/**
 * Tries all cases, in the order that the seed says, in several systems side by side. `CRASH_SEED`
 * repeats the order and the purchases, `CRASH_CASE` runs the cases whose name contains it.
 */
export function tryAll<L extends Ground, C extends Pick<Case, 'operation'>>(
  { title, casesOf: casesIn, nameOf: name, newLane, run, end }: Trial<L, C>,
  operations: readonly Prepared[],
  lanes: number,
): Runner {
  const seed = fuzzSeed(process.env['CRASH_SEED'])
  const wanted = process.env['CRASH_CASE'] ?? ''
  console.log(`crash cases of ${title}: CRASH_SEED=${seed}`)
  const chance = createChance(seed)
  const queue = operations
    .flatMap((operation) => casesIn(operation, chance))
    .filter((one) => name(one).includes(wanted))
    .map((one) => ({ one, place: chance.next(), chance: chance.fork() }))
    .sort((a, b) => a.place - b.place)
  const outcomes = new Map(queue.map(({ one }) => [one, Promise.withResolvers<string | null>()]))
  const left = queue.values()

  async function work(): Promise<void> {
    let lane: L | undefined
    for (const { one, chance: own } of left) {
      const tell = outcomes.get(one)
      try {
        lane ??= await newLane()
        await run(lane, one, own)
        tell?.resolve(null)
      } catch (error) {
        const replay = `CRASH_SEED=${seed} CRASH_CASE='${name(one)}'`
        tell?.resolve(`${replay}: ${describeFailure(error)}\n${lane?.lastLines ?? ''}`)
        // What it left behind must not make the next case fail as well.
        await lane?.stop()
        lane = undefined
      }
    }
    await lane?.stop()
  }

  const working = Array.from({ length: lanes }, work)
  return {
    async failuresOf(operation) {
      const own = queue.filter(({ one }) => one.operation === operation)
      const results = await Promise.all(own.map(({ one }) => outcomes.get(one)?.promise))
      return results.filter((one) => typeof one === 'string')
    },
    async stop() {
      await Promise.all(working)
      await end()
    },
  }
}

/** Cases of these operations, all unless it is said which, of a process that has no other beside it. */
export function runAll(
  program: Program,
  operations: readonly Prepared[],
  lanes: number,
  which: (operation: Prepared, chance: Chance) => readonly Case[] = all
    ? casesOf
    : differentCasesOf,
): Runner {
  const bundled = bundle(program)
  const templated = createTemplate()
  return tryAll(
    {
      title: program,
      casesOf: which,
      nameOf,
      newLane: async () =>
        await createLane({ program, main: (await bundled).main, template: await templated }),
      run: runCase,
      async end() {
        const [{ remove }, template] = await Promise.all([bundled, templated])
        remove()
        template.remove()
      },
    },
    operations,
    lanes,
  )
}
