import { type Generator, startGenerator } from '../load/generator.ts'
import type { Session } from '../session.ts'
import { startFloor } from '../targets/floor.ts'
import { prepareSystem, type Shop } from '../targets/prepare.ts'
import { postgresSystem } from '../targets/postgres.ts'
import { startSystem, type System, type SystemOptions } from '../targets/system.ts'
import type { FloorName, SystemName, Target } from '../targets/target.ts'

/** Each of these begins something that the session ends. */

export function beginGenerator(session: Session): Generator {
  const generator = startGenerator()
  session.defer(() => generator.stop())
  return generator
}

const starts: Readonly<Record<SystemName, (options: SystemOptions) => Promise<System>>> = {
  system: startSystem,
  juntos: startSystem,
  postgres: postgresSystem,
  replicas: (options) => postgresSystem(options, 2),
}

export async function beginSystem(session: Session, options: SystemOptions): Promise<System> {
  const system = await starts[options.form](options)
  session.defer(() => system.stop())
  return system
}

export interface ShopOptions extends Shop {
  readonly form: SystemName
  /** What its figures stand under, and its folder. */
  readonly name: string
  readonly home?: string | undefined
}

export async function beginShop(session: Session, options: ShopOptions): Promise<Target> {
  const { form, home, name, ...shop } = options
  const system = await beginSystem(session, { form, home, folder: session.path(name) })
  session.say(`${name}: preparing ${shop.products} products and ${shop.shoppers} shoppers`)
  return { ...(await prepareSystem(system, shop)), name, floor: floorOf[form] }
}

const floorOf = {
  system: 'floor',
  postgres: 'floor',
  replicas: 'floor',
  juntos: 'floor-juntos',
} as const

export async function beginFloor(session: Session, name: FloorName, shop: Shop): Promise<Target> {
  const floor = await startFloor({ name, folder: session.path(name), ...shop })
  session.defer(() => floor.stop())
  return floor
}
