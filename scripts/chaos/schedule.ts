import type { UnitName } from '../lib/services.ts'
import { type Chance, createChance } from './random.ts'
import type { LinkMode } from './link.ts'

/** The ways that can be cut: from one service to another, and from the clients to a service. */
export const linkNames = [
  'pedidos-inventario',
  'pedidos-productos',
  'pedidos-auth',
  'inventario-productos',
  'inventario-auth',
  'productos-auth',
  'clients-pedidos',
  'clients-inventario',
] as const
export type LinkName = (typeof linkNames)[number]
const clientLinks = ['clients-pedidos', 'clients-inventario'] as const satisfies readonly LinkName[]

/** Something bad that happens at `atMs` of the run, for so long; who is killed stays dead meanwhile. */
export type Mischief = { readonly atMs: number; readonly forMs: number } & (
  | { readonly kind: 'kill' | 'stop'; readonly unit: UnitName }
  | { readonly kind: 'cut'; readonly link: LinkName; readonly mode: LinkMode }
)

export interface Plan {
  readonly seed: number
  readonly seconds: number
  /** Whether all of it is one process; then between services nothing can be cut. */
  readonly together?: boolean
  /** How many times a process is killed; default three in four seconds, of one process that is all once. */
  readonly kills?: number | undefined
}

/** Who dies, in proportion: most of what can go wrong is between the two that hold money and stock. */
const targets = [
  'pedidos',
  'pedidos',
  'pedidos',
  'pedidos',
  'inventario',
  'inventario',
  'inventario',
  'inventario',
  'productos',
  'auth',
] as const satisfies readonly UnitName[]

const firstMs = 250

function modeOf(chance: Chance): LinkMode {
  const kind = chance.pick(['refuse', 'drop', 'mute', 'mute', 'delay'] as const)
  return kind === 'delay' ? { kind, ms: chance.between(20, 600) } : { kind }
}

/** What will happen and when: the same for the same plan. */
export function scheduleOf({
  seed,
  seconds,
  together = false,
  kills = Math.round(seconds * (together ? 0.25 : 0.75)),
}: Plan): Mischief[] {
  const chance = createChance(seed)
  const units = together ? (['encargo'] as const) : targets
  const links = together ? clientLinks : linkNames
  const moment = () => chance.between(firstMs, Math.max(firstMs, seconds * 1000))
  const many = (count: number, make: () => Mischief) => Array.from({ length: count }, make)
  return [
    ...many(kills, () => ({
      kind: 'kill',
      atMs: moment(),
      unit: chance.pick(units),
      forMs: chance.happens(0.8) ? 0 : chance.between(50, 1500),
    })),
    ...many(Math.round(seconds / 6), () => ({
      kind: 'stop',
      atMs: moment(),
      unit: chance.pick(units),
      forMs: chance.between(100, 3000),
    })),
    ...many(Math.round(seconds / 3), () => ({
      kind: 'cut',
      atMs: moment(),
      link: chance.pick(links),
      mode: modeOf(chance),
      forMs: chance.between(100, 2500),
    })),
  ].toSorted((a, b) => a.atMs - b.atMs)
}
